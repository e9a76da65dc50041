import type { TokenBucket } from "../../emulator";
import type { Reply } from "./client";
import { Landscape } from "./landscape";

const header = "x-ms-ratelimit-remaining-subscription-resource-requests";

describe("Azure Backup's own request limits", () => {
  let landscape: Landscape;

  afterEach(() => landscape.stop());

  const removal = () => landscape.client.delete(`${landscape.vaultId}/backupInstances/none`);
  const patch = () => landscape.client.call("PATCH", landscape.vaultId, { tags: {} });
  const several = (count: number, send: () => Promise<Reply>) =>
    Promise.all(Array.from({ length: count }, send));

  it.each<[string, () => Promise<Reply>, number]>([
    ["deletions of instances", removal, 200],
    ["writes of vaults", patch, 100],
  ])(
    "let through as many %s as recordings show, and say how many are left",
    async (_kind, send, capacity) => {
      landscape = await Landscape.start({ enforceRequestLimits: true });
      landscape.passInSeconds(600);
      expect((await send()).headers[header]).toBe(String(capacity - 1));
      const statuses = (await several(capacity + 4, send)).map(({ status }) => status);
      expect(statuses.filter((status) => status === 429)).toHaveLength(5);
      expect((await landscape.client.get(landscape.vaultId)).status).toBe(200);
    },
  );

  it("refill a bucket of one's own, and say when to come again", async () => {
    landscape = await Landscape.start();
    landscape.emulator.control.limitRequests("instanceDelete", { capacity: 6, refillPerSecond: 0.5 });
    const replies = await several(6, removal);
    expect(replies.map(({ headers }) => headers[header])).toEqual(["5", "4", "3", "2", "1", "0"]);
    expect(await removal()).toMatchObject({
      status: 429,
      headers: { "retry-after": "2", [header]: "0" },
      body: { error: { code: "TooManyRequests" } },
    });
    landscape.passInSeconds(2);
    expect((await removal()).status).toBe(204);
    expect((await removal()).status).toBe(429);
    landscape.passInSeconds(100);
    expect((await removal()).headers[header]).toBe("5");
  });

  it("takes kinds of its own requests, and buckets that hold something", async () => {
    landscape = await Landscape.start();
    const limit = (name: string, bucket?: Partial<TokenBucket>): void =>
      landscape.emulator.control.limitRequests(name, bucket);
    expect(() => limit("reads")).toThrow("limit must be one of instanceRead, instanceList");
    expect(() => limit("nothing")).toThrow("not nothing.");
    expect(() => limit("instancePut", { capacity: 0 })).toThrow("A bucket holds one request at least");
    expect(() => limit("instancePut", { refillPerSecond: 0 })).toThrow("and is refilled");
  });
});
