import path from "node:path";
import { BackupVault, DiskBackup, diskPolicy } from "../../components";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { openStack } from "../../tools/engine/stack";
import { Estate } from "../wire/estate";
import { messagesOf } from "./messages";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");

describeWithPulumi("a policy whose change does not go through at once", (pulumi) => {
  let emulator: Emulator;
  let estate: Estate;
  let opened: OpenStack;
  /** What the program declares. */
  let declared: { keep: "7 days" | "30 days" | "60 days"; hasBackup?: boolean; onFailure?: "report" };

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator);
    opened = await openStack({
      emulator,
      pulumiCommand: await pulumi(),
      stackName: "dev",
      programFolder: repository,
      config: { "azure-native:location": { value: "westeurope" } },
      program: async () => {
        const { keep, hasBackup = true, onFailure } = declared;
        const policies = { disks: diskPolicy({ every: "1 day", keep }) };
        const vault = new BackupVault("backups", { policies });
        const { diskId } = estate;
        const backup = hasBackup ? new DiskBackup("data", { diskId, vault, onFailure }) : undefined;
        return { policyId: vault.policyIds.disks, state: backup?.protectionState, failure: backup?.failure };
      },
    });
  });
  beforeEach(async () => {
    await upWith({ keep: "7 days" });
  });
  afterAll(async () => {
    await opened.close();
    await emulator.stop();
  });

  const upWith = async (declares: typeof declared): Promise<Record<string, unknown>> => {
    declared = declares;
    const { outputs } = await opened.stack.up();
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value as unknown]));
  };
  const policyIds = (): string[] =>
    emulator.remainingResourceIds().filter((id) => /\/backups-[^/]*\/backupPolicies\//.test(id));
  /** The policies that the state of the stack knows of. */
  const policiesInState = async (): Promise<string[]> => {
    const { deployment } = await opened.stack.exportStack();
    const { resources } = deployment as { resources: { type: string; id: string }[] };
    return resources.filter(({ type }) => type.endsWith(":BackupPolicy")).map(({ id }) => id);
  };
  const nothingToDo = async (): Promise<void> =>
    expect(Object.keys((await opened.stack.up()).summary.resourceChanges ?? {})).toEqual(["same"]);
  const refuseToRebind = (): void => {
    emulator.control.injectFault({
      match: { method: "PUT", path: /\/backupInstances\/[^/]*$/ },
      fault: { status: 400, body: { error: { code: "UserErrorSomething", message: "Not now." } } },
    });
  };

  it("is taken back after the new one was made: the old one serves on, and the new one goes", async () => {
    const [first] = policyIds();
    refuseToRebind();
    await expect(upWith({ keep: "30 days" })).rejects.toThrow(/UserErrorSomething/);
    expect(policyIds()).toHaveLength(2);
    expect(await upWith({ keep: "7 days" })).toMatchObject({
      policyId: first,
      state: "ProtectionConfigured",
    });
    expect(policyIds()).toEqual([first]);
    expect(await policiesInState()).toEqual([first]);
    await nothingToDo();
  });

  it("is taken back after the instance was bound to the new one, when only the old one had not gone yet", async () => {
    const [first] = policyIds();
    emulator.control.injectFault({
      match: { method: "DELETE", path: /\/backupPolicies\// },
      fault: { status: 400, body: { error: { code: "UserErrorSomething", message: "Not now." } } },
    });
    await expect(upWith({ keep: "30 days" })).rejects.toThrow(/UserErrorSomething/);
    expect(await upWith({ keep: "7 days" })).toMatchObject({
      policyId: first,
      state: "ProtectionConfigured",
    });
    expect(policyIds()).toEqual([first]);
    expect(await policiesInState()).toEqual([first]);
  });

  it("is changed a second time instead: both older ones go", async () => {
    refuseToRebind();
    await expect(upWith({ keep: "30 days" })).rejects.toThrow(/UserErrorSomething/);
    refuseToRebind();
    await expect(upWith({ keep: "60 days" })).rejects.toThrow(/UserErrorSomething/);
    expect(policyIds()).toHaveLength(3);
    const { policyId } = await upWith({ keep: "60 days" });
    expect(policyIds()).toEqual([policyId]);
  });

  it("stays in state while an instance that is only reported holds it, and goes with the update that binds it", async () => {
    const [first] = policyIds();
    refuseToRebind();
    await expect(upWith({ keep: "30 days", onFailure: "report" })).rejects.toThrow(
      new RegExp(`deleting backup policy ${first}: .* still bound to it`),
    );
    expect(policyIds()).toHaveLength(2);
    const { policyId, failure } = await upWith({ keep: "30 days", onFailure: "report" });
    expect(failure).toBeUndefined();
    expect(policyIds()).toEqual([policyId]);
  });

  it("is left and named while a soft-deleted instance holds it, and serves again when it is taken back", async () => {
    const [first] = policyIds();
    await upWith({ keep: "7 days", hasBackup: false });
    declared = { keep: "30 days", hasBackup: false };
    const messages = await messagesOf((options) => opened.stack.up(options));
    expect(messages).toContainEqual({
      row: expect.any(String),
      severity: "warning",
      message: expect.stringMatching(
        new RegExp(
          `^left backup policy ${first} in Azure: it is needed by soft-deleted backup instance \\S+/data-[-0-9a-f]+, which goes ` +
            "by itself on (\\S+)\\. .* After \\1 nothing needs it: `az resource delete --ids \\S+` deletes it then\\.$",
        ),
      ),
    });
    expect(policyIds()).toHaveLength(2);
    await nothingToDo();
    const { policyId, state } = await upWith({ keep: "30 days" });
    expect(state).toBe("ProtectionConfigured");
    expect(policyId).not.toBe(first);
    expect(await upWith({ keep: "7 days" })).toMatchObject({
      policyId: first,
      state: "ProtectionConfigured",
    });
    expect(policyIds()).toEqual([first]);
  });
});
