import { ControlError } from "../../emulator";
import type { Client, Json } from "./client";
import { Landscape } from "./landscape";

describe("vaults, policies and operations in any state", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterEach(() => landscape.stop());

  const control = () => landscape.emulator.control;
  const propertiesOf = async (id: string): Promise<Json> => (await client.get(id)).body.properties;

  it("shows a vault as it is told, in listings too and after a change, until it is told otherwise", async () => {
    const { vaultId } = landscape;
    const before = await propertiesOf(vaultId);
    control().setVault(vaultId.toUpperCase(), {
      shownAs: {
        provisioningState: "Failed",
        securitySettings: { immutabilitySettings: { state: "Locked" } },
      },
    });
    const expected = {
      ...before,
      provisioningState: "Failed",
      securitySettings: { ...before.securitySettings, immutabilitySettings: { state: "Locked" } },
    };
    expect(await propertiesOf(vaultId)).toEqual(expected);
    await client.call("PATCH", vaultId, { tags: { one: "1" } });
    const vaults = (await client.get(vaultId.replace(/\/[^/]+$/, ""))).body.value as Json[];
    expect(vaults.find(({ name }) => name === "vault")!.properties).toEqual(expected);
    control().setVault(vaultId, { shownAs: null });
    expect(await propertiesOf(vaultId)).toEqual(before);
  });

  it("shows a policy as it is told, and judges by what it is", async () => {
    const policyId = `${landscape.vaultId}/backupPolicies/disk`;
    const before = await propertiesOf(policyId);
    control().setPolicy(policyId, { shownAs: { datasourceTypes: ["Microsoft.Future/things"] } });
    expect((await propertiesOf(policyId)).datasourceTypes).toEqual(["Microsoft.Future/things"]);
    await landscape.protectDisk();
    control().setPolicy(policyId, { shownAs: {} });
    expect(await propertiesOf(policyId)).toEqual(before);
  });

  describe("an operation", () => {
    let statusUrl: string;
    let resultUrl: string;

    beforeEach(async () => {
      await landscape.grant();
      const { headers } = await client.post(`${landscape.vaultId}/validateForBackup`, {
        backupInstance: landscape.diskInstance(),
      });
      [statusUrl, resultUrl] = [headers["azure-asyncoperation"]!, headers["location"]!];
    });

    it.each(["Inprogress", "Running", "SomethingOfTheFuture"])("is %s for ever", async (status) => {
      control().setOperation(statusUrl, { status });
      landscape.passInSeconds(600);
      expect((await client.get(statusUrl)).body).toMatchObject({
        status,
        endTime: "0001-01-01T00:00:00Z",
      });
      expect((await client.get(resultUrl)).status).toBe(202);
    });

    it("fails at once, for the reason that it is given", async () => {
      const errorDetails = { code: "UserErrorX", message: "It broke." };
      control().setOperation(resultUrl, { status: "Failed", errorDetails });
      expect((await client.get(statusUrl)).body).toMatchObject({
        status: "Failed",
        error: { code: "UserErrorX", message: "It broke." },
      });
      expect(await client.get(resultUrl)).toMatchObject({
        status: 400,
        body: { error: { code: "UserErrorX" } },
      });
    });

    it.each(["Succeeded", "Canceled"])("ends at once as %s", async (status) => {
      control().setOperation(statusUrl, { status });
      const { body } = await client.get(statusUrl);
      expect(body.status).toBe(status);
      expect(Date.parse(body.endTime)).toBeLessThanOrEqual(Date.parse(body.startTime));
    });
  });

  it("says what is not there", () => {
    const change = { shownAs: {} };
    expect(() => control().setVault("/v", change)).toThrow(new ControlError("There is no Backup vault /v."));
    expect(() => control().setPolicy("/p", change)).toThrow("There is no backup policy /p.");
    expect(() => control().setOperation("https://h/o?x=1", { status: "Failed" })).toThrow(
      "There is no operation https://h/o?x=1.",
    );
  });
});
