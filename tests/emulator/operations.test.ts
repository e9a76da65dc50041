import type { Client } from "./client";
import { Landscape } from "./landscape";

describe("operation URLs", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterEach(() => landscape.stop());

  const begin = async (version: string) => {
    const path = `${landscape.vaultId}/validateForBackup?api-version=${version}`;
    const { headers } = await client.post(path, { backupInstance: landscape.diskInstance() });
    return { status: headers["azure-asyncoperation"]!, result: headers["location"]! };
  };

  it.each<[string, (url: string) => string]>([
    ["shortened", (url) => url.replace(/&h=.*/, "")],
    ["stripped", (url) => url.replace(/&t=.*/, "")],
    ["of another version", (url) => url.replace("2024-04-01", "2025-07-01")],
    ["with another time", (url) => url.replace(/&t=\d/, "&t=9")],
    ["with another signature", (url) => url.replace(/&s=./, "&s=~")],
    ["of another operation", (url) => url.replace(/operationStatus/, "operationResults")],
  ])("are refused when %s", async (_how, alter) => {
    const { status } = await begin("2024-04-01");
    expect((await client.get(status)).status).toBe(200);
    const altered = await client.get(alter(status));
    expect([403, 202]).toContain(altered.status);
    expect(altered.status).toBe(/operationResults/.test(alter(status)) ? 202 : 403);
  });

  it("are short and unsigned before 2023-11-01", async () => {
    const { status } = await begin("2023-01-01");
    expect(status).toMatch(/\?api-version=2023-01-01$/);
    const { headers } = await client.get(status);
    expect(headers["content-type"]).toBe("application/json");
  });

  it("answer 202 at their Location while the operation runs", async () => {
    const { result } = await begin("2024-04-01");
    const running = await client.get(result);
    expect(running).toMatchObject({ status: 202, body: undefined });
    expect(running.headers["location"]).toContain("/operationResults/");
    expect(running.headers["retry-after"]).toBe("10");
  });

  it("have forms by vault, resource group and instance too", async () => {
    await landscape.grant();
    const instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    const { headers } = await client.put(instanceId, { properties: landscape.diskInstance() });
    const operationId = headers["azure-asyncoperation"]!.split("?")[0]!.split("/").pop()!;
    const forms = [
      `${landscape.vaultId}/operationResults/${operationId}`,
      `${instanceId}/operationResults/${operationId}`,
    ];
    for (const form of forms) {
      expect((await client.get(form)).status).toBe(202);
    }
    landscape.passInSeconds(1);
    for (const form of forms) {
      expect((await client.get(form)).status).toBe(200);
    }
    const inGroup = `${landscape.groupId}/providers/Microsoft.DataProtection/operationStatus/${operationId}`;
    expect((await client.get(inGroup)).body).toMatchObject({
      status: "Succeeded",
      name: operationId,
      id: inGroup,
    });
    expect((await client.get(inGroup.replace(operationId, "bm9uZQ=="))).status).toBe(404);
  });

  it.each(["data%20one", "d%C3%A4ta", "da%0Ata", "da%3Fta%23", "100%25"])(
    "are well formed for an instance named %s",
    async (name) => {
      const instanceId = `${landscape.vaultId}/backupInstances/${name}`;
      const put = await client.put(instanceId, { properties: landscape.diskInstance() });
      expect(put.body.name).toBe(decodeURIComponent(name));
      const [, operationId] = /operationStatus\/([^?]+)/.exec(put.headers["azure-asyncoperation"]!)!;
      const result = `${instanceId}/operationResults/${operationId}`;
      expect((await client.get(result)).status).toBe(202);
      expect((await client.delete(instanceId)).status).toBe(202);
    },
  );

  it("carry the vault's id in the operation's", async () => {
    const [one, two] = [await begin("2024-04-01"), await begin("2024-04-01")].map(({ status }) =>
      Buffer.from(/operationStatus\/([^?]+)/.exec(status)![1]!, "base64").toString(),
    );
    expect(one).toMatch(/^[0-9a-f-]{36};[0-9a-f-]{36}$/);
    expect(one!.split(";")[0]).toBe(two!.split(";")[0]);
    expect(one).not.toBe(two);
  });
});

it("uses the millisecond headers at a faster pace, and divides every duration", async () => {
  const landscape = await Landscape.start({ speed: 1000 });
  const path = `${landscape.vaultId}/validateForBackup`;
  const { headers } = await landscape.client.post(path, { backupInstance: landscape.diskInstance() });
  expect(headers["retry-after"]).toBeUndefined();
  expect(headers).toMatchObject({ "retry-after-ms": "10", "x-ms-retry-after-ms": "10" });
  landscape.passInSeconds(0.012);
  expect((await landscape.client.get(headers["azure-asyncoperation"]!)).body.status).toBe("Failed");
  await landscape.stop();
});
