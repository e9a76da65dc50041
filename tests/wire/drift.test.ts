import type { DynamicHost } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

let stage: Stage;
let instance: { id: string; outputs: Properties };

const inputsOf = async (host: DynamicHost, changes: object = {}): Promise<Properties> =>
  (await host.check(stage.estate.diskDeclaration(changes))).inputs;

beforeEach(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader", "snapshotContributor");
  instance = (await stage.operation(async (host) => host.create(await inputsOf(host)))).result;
});
afterEach(async () => stage.close());

const same = 1;
const some = 2;

/** What a preview finds, and whether the update after it makes the datasource protected again. */
async function diff(changes: object = {}, config: Record<string, string> = {}) {
  return stage.operation(
    async (host) => host.diff(instance.id, instance.outputs, await inputsOf(host, changes)),
    config,
  );
}

async function update(): Promise<Properties> {
  const { result } = await stage.operation(async (host) =>
    host.update(instance.id, instance.outputs, await inputsOf(host)),
  );
  return result;
}

describe("the look at the live state in previews and updates", () => {
  it("finds nothing about an instance that is well, by one listing", async () => {
    const { result, exchanges } = await diff();
    expect(result).toEqual({ changes: same, replaces: [] });
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200"]);
  });

  it.each(["stopProtection", "suspendBackups"])(
    "plans an update after %s, which takes the backups up again",
    async (action) => {
      await stage.estate.act(instance.id, action);
      expect((await diff()).result).toEqual({ changes: some, replaces: [] });
      expect(await update()).toMatchObject({ protectionState: "ProtectionConfigured" });
      expect((await diff()).result.changes).toBe(same);
    },
  );

  it("plans an update for an instance that is gone, which makes it again", async () => {
    await stage.operation(async (host) => host.delete(instance.id, instance.outputs));
    expect((await diff()).result).toEqual({ changes: some, replaces: [] });
    expect(await update()).toMatchObject({ protectionState: "ProtectionConfigured" });
  });

  it("plans an update for a policy that was changed elsewhere, which changes it back", async () => {
    const policyId = stage.estate.policyIds.diskFourHourly;
    await stage.estate.putUnvalidated(instance.id, { policyId, friendlyName: "data" });
    expect((await diff()).result).toEqual({ changes: some, replaces: [] });
    expect(await update()).toMatchObject({ policyId: stage.estate.policyIds.disk });
  });

  it("leaves it at a warning when healDrift is false", async () => {
    await stage.estate.act(instance.id, "stopProtection");
    instance.outputs.healDrift = false;
    expect((await diff({ healDrift: false })).result.changes).toBe(same);
  });

  it("is turned off by the stack's configuration", async () => {
    await stage.estate.act(instance.id, "stopProtection");
    const { result, exchanges } = await diff({}, { "azure-dataprotection:lookForDrift": "false" });
    expect(result.changes).toBe(same);
    expect(exchanges).toEqual([]);
  });

  it("is no condition of an update: without credentials nothing is found", async () => {
    const { result } = await diff({}, { "azure-native:clientSecret": "wrong" });
    expect(result).toEqual({ changes: same, replaces: [] });
  });

  it.each([403, 500])("finds what it finds in one vault, while another answers %i", async (status) => {
    await stage.estate.act(instance.id, "stopProtection");
    const otherVaultId = `${stage.estate.vaultId}-other`;
    const other = { id: instance.id.replace(stage.estate.vaultId, otherVaultId), vaultId: otherVaultId };
    const { control } = stage.emulator;
    control.injectFault({
      match: { method: "GET", path: new RegExp(`${otherVaultId}/`) },
      fault: { status },
      times: Infinity,
    });
    const { result } = await stage.operation(async (host) => {
      const inputs = await inputsOf(host);
      const outputs = { ...instance.outputs, vaultId: otherVaultId, backupInstanceId: other.id };
      const notSeen = await host.diff(other.id, outputs, { ...inputs, ...other, backupInstanceId: other.id });
      return { notSeen, seen: await host.diff(instance.id, instance.outputs, inputs) };
    });
    control.clearFaults();
    expect(result.seen).toEqual({ changes: some, replaces: [] });
    expect(result.notSeen.replaces).toEqual([]);
  });

  itAgreesWithOpenApi(() => stage);
});
