import { secondSubscriptionId } from "../../emulator";
import { Landscape } from "./landscape";

describe("Resource Manager's buckets", () => {
  let landscape: Landscape;

  beforeEach(async () => {
    landscape = await Landscape.start({ enforceThrottling: true });
    landscape.passInSeconds(60);
  });
  afterEach(() => landscape.stop());

  /** How many of so many calls at once are let through. */
  const letThrough = async (count: number, call: () => Promise<{ status: number }>): Promise<number> => {
    const replies = await Promise.all(Array.from({ length: count }, call));
    return replies.filter(({ status }) => status !== 429).length;
  };
  const read = () => landscape.client.get(`${landscape.vaultId}/backupInstances`);
  const act = () => landscape.client.post(`${landscape.vaultId}/backupInstances/none/sync`);
  const remove = () => landscape.client.delete(`${landscape.vaultId}/backupInstances/none`);

  it.each([
    ["reads", () => read(), 250, 25],
    ["writes and actions", () => act(), 200, 10],
    ["deletions", () => remove(), 200, 10],
  ])("let through a bucket of %s, and then as many as flow in", async (_kind, call, capacity, refill) => {
    expect(await letThrough(capacity + 5, call)).toBe(capacity);
    landscape.passInSeconds(1);
    expect(await letThrough(refill + 5, call)).toBe(refill);
    landscape.passInSeconds(3600);
    landscape.client.forgetToken();
    expect(await letThrough(capacity + 5, call)).toBe(capacity);
  });

  it("are one for each kind and subscription", async () => {
    await letThrough(260, read);
    expect((await read()).status).toBe(429);
    expect((await remove()).status).toBe(204);
    const elsewhere = `/subscriptions/${secondSubscriptionId}/resourceGroups`;
    expect((await landscape.client.get(elsewhere)).status).toBe(200);
  });

  it("say how many are left where the answer has Resource Manager's own header", async () => {
    const left = async (): Promise<number> => {
      const { headers } = await landscape.client.get(landscape.diskId);
      return Number(headers["x-ms-ratelimit-remaining-subscription-reads"]);
    };
    expect(await left()).toBe(249);
    await read();
    expect(await left()).toBe(247);
    expect((await act()).headers["x-ms-ratelimit-remaining-subscription-writes"]).toBe("199");
  });

  it("say when to come again, in Resource Manager's words", async () => {
    await letThrough(250, read);
    expect(await read()).toMatchObject({
      status: 429,
      headers: { "retry-after": "1", "x-ms-failure-cause": "gateway" },
      body: {
        error: {
          code: "SubscriptionRequestsThrottled",
          message:
            `Number of 'read' requests for subscription '${landscape.emulator.subscriptionId}' exceeded. ` +
            "Please try again after '1' seconds.",
        },
      },
    });
  });
});

it("refills buckets at the emulator's pace", async () => {
  const landscape = await Landscape.start({ enforceThrottling: true, speed: 100 });
  const read = () => landscape.client.get(landscape.vaultId);
  await Promise.all(Array.from({ length: 255 }, read));
  const refused = await read();
  expect(refused).toMatchObject({ status: 429, headers: { "retry-after-ms": "10" } });
  landscape.passInSeconds(0.01);
  expect((await read()).status).toBe(200);
  await landscape.stop();
});

it("throttles nobody unless told to", async () => {
  const landscape = await Landscape.start();
  const replies = await Promise.all(
    Array.from({ length: 300 }, () => landscape.client.get(landscape.vaultId)),
  );
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
  await landscape.stop();
});
