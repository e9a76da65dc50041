import type { HostError } from "../host/dynamicHost";
import type { DynamicHost } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

const roles = ["diskReader", "snapshotContributor", "accountContributor"] as const;

/** The failure of something that must fail. */
async function failureOf(attempt: Promise<unknown>): Promise<HostError> {
  return attempt.then(
    () => {
      throw new Error("it succeeded");
    },
    (error: HostError) => error,
  );
}

/** A stage with an estate of its own, closed by itself after the tests of a describe. */
function useStage(setUp: (stage: Stage) => Promise<void> = async () => undefined): () => Stage {
  let stage: Stage;
  beforeAll(async () => {
    stage = await Stage.open();
    await setUp(stage);
  });
  afterAll(async () => stage.close());
  return () => stage;
}

const diskOf = ({ estate }: Stage, changes: object = {}): object => estate.diskDeclaration(changes);

const documentsOf = ({ estate }: Stage, containers?: string[]): object => ({
  vaultId: estate.vaultId,
  policyId: estate.policyIds.blobVaulted,
  datasource: { kind: "blob", storageAccountId: estate.documentsId, containers, location: "westeurope" },
});

async function create(stage: Stage, declared: object): Promise<{ id: string; outputs: Properties }> {
  return (await stage.operation(async (host) => host.create((await host.check(declared)).inputs))).result;
}

const grantAll = async (stage: Stage): Promise<void> => stage.estate.grant(...roles);

describe("update", () => {
  const stage = useStage(grantAll);

  it("changes policy and friendly name in place, and ends when the disk is protected again", async () => {
    const { id, outputs } = await create(stage(), diskOf(stage()));
    const policyId = stage().estate.policyIds.diskFourHourly;
    const { result, exchanges } = await stage().operation(async (host) => {
      const { inputs } = await host.check(diskOf(stage(), { policyId, friendlyName: "Data" }));
      expect(await host.diff(id, outputs, inputs)).toEqual({ changes: 2, replaces: [] });
      return host.update(id, outputs, inputs);
    });
    expect(result).toMatchObject({ policyId, friendlyName: "Data", protectionState: "ProtectionConfigured" });
    expect(storyOf(exchanges)).toEqual([
      "GET backupInstances 200",
      "POST backupInstances/*/validateForModifyBackup 202",
      "GET operationStatus 200 Succeeded",
      "PUT backupInstances/* 201 UpdatingProtection",
      "GET operationStatus 200 Succeeded",
      "GET backupInstances/* 200 ProtectionConfigured",
    ]);
  });

  it("adds containers in place, and refuses to take the last one away before it sends anything", async () => {
    const { id, outputs } = await create(stage(), documentsOf(stage(), ["invoices"]));
    const more = await stage().operation(async (host) =>
      host.update(id, outputs, (await host.check(documentsOf(stage(), ["invoices", "contracts"]))).inputs),
    );
    expect(more.result).toMatchObject({ datasource: { containers: ["invoices", "contracts"] } });

    const { result, exchanges } = await stage().operation(async (host) =>
      failureOf(host.update(id, more.result, (await host.check(documentsOf(stage()))).inputs)),
    );
    expect(result.initializationFailure).toBeUndefined();
    expect(result.message).toContain("datasource.containers: there are none any more");
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200"]);
  });

  it("keeps the old state when the service refuses the change", async () => {
    const declared = diskOf(stage());
    const { id, outputs } = await create(stage(), declared);
    const { result } = await stage().operation(async (host) => {
      const { inputs } = await host.check({
        ...declared,
        policyId: `${stage().estate.vaultId}/backupPolicies/none`,
      });
      return failureOf(host.update(id, outputs, inputs));
    });
    expect(result.initializationFailure).toBeUndefined();
    expect(result.message).toMatch(/^updating backup instance .*: \w+: .*backupPolicies\/none/s);
  });

  it("makes an instance again that somebody deleted", async () => {
    const declared = diskOf(stage());
    const { id, outputs } = await create(stage(), declared);
    await stage().operation(async (host) => host.delete(id, outputs));
    const { result } = await stage().operation(async (host) =>
      host.update(id, outputs, (await host.check(declared)).inputs),
    );
    expect(result).toMatchObject({ protectionState: "ProtectionConfigured" });
  });

  itAgreesWithOpenApi(stage);
});

describe("an instance that is there already", () => {
  const stage = useStage(grantAll);
  const inputsOf = async (host: DynamicHost): Promise<Properties> =>
    (await host.check(diskOf(stage()))).inputs;

  it("is taken over by a create that means the same, with nothing but the look that found it", async () => {
    const { id } = await create(stage(), diskOf(stage()));
    const { result, exchanges } = await stage().operation(async (host) => host.create(await inputsOf(host)));
    expect(result.id).toBe(id);
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200"]);
  });

  it("survives the renaming of its resource: created anew, deleted under the old name", async () => {
    const { id, outputs } = await create(stage(), diskOf(stage()));
    await stage().operation(async (host) => {
      await host.create(await inputsOf(host));
      await host.delete(id, outputs);
    });
    const { result } = await stage().operation(async (host) => host.read(id, outputs));
    expect(result.outputs).toMatchObject({ protectionState: "ProtectionConfigured" });
  });

  it("survives the deletion of a forgotten twin in a later operation", async () => {
    const { id, outputs } = await create(stage(), diskOf(stage()));
    const { exchanges } = await stage().operation(async (host) => {
      await host.diff(id, outputs, await inputsOf(host));
      await host.delete(id, outputs);
    });
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200"]);
  });

  it("is refused when it protects something else, with both named", async () => {
    const { outputs } = await create(stage(), diskOf(stage()));
    const other = `${stage().estate.diskId}2`;
    const { result } = await stage().operation(async (host) => {
      const datasource = { ...(outputs.datasource as object), diskId: other };
      return failureOf(
        host.create((await host.check({ ...diskOf(stage(), { datasource, name: outputs.name }) })).inputs),
      );
    });
    expect(result.initializationFailure).toBeUndefined();
    expect(result.message).toContain(
      `${String(outputs.backupInstanceId)} exists and protects ${stage().estate.diskId}`,
    );
    expect(result.message).toContain(`not ${other}`);
  });

  itAgreesWithOpenApi(stage);
});

describe("protection that is broken", () => {
  const stage = useStage();

  it("fails the resource with the service's reason, and keeps it in state", async () => {
    const { estate } = stage();
    const { result, exchanges } = await stage().operation(async (host) => {
      const { inputs } = await host.check({ ...diskOf(stage()), timeouts: { create: "15s" } });
      // What a tool leaves behind that does not wait for roles.
      await estate.putUnvalidated(String(inputs.backupInstanceId), inputs);
      return failureOf(host.create(inputs));
    });
    const kept = result.initializationFailure;
    expect(kept?.id).toBe(kept?.properties.backupInstanceId);
    expect(kept?.properties).toMatchObject({
      protectionState: "ProtectionError",
      __provider: expect.any(String),
    });
    expect(kept?.reasons[0]).toMatch(
      /^waiting for backup instance .* has passed \(last seen: ProtectionError\); .* \(UserErrorMissingRequiredPermissions: /,
    );
    expect(storyOf(exchanges)).toContain("POST backupInstances/*/sync 202");
  });

  it("is healed by the next update, once the roles count", async () => {
    await stage().estate.grant(...roles);
    const { result } = await stage().operation(async (host) => {
      const { inputs } = await host.check(diskOf(stage()));
      let outputs = await host
        .update(String(inputs.backupInstanceId), inputs, inputs)
        .catch((error: HostError) => error);
      for (let attempt = 0; outputs instanceof Error && attempt < 50; attempt++) {
        outputs = await host
          .update(String(inputs.backupInstanceId), inputs, inputs)
          .catch((error: HostError) => error);
      }
      return outputs;
    });
    expect(result).toMatchObject({ protectionState: "ProtectionConfigured" });
  });
});

describe("roles that never come", () => {
  const stage = useStage();

  it("end the create at its deadline, with the commands that grant them, and leave nothing behind", async () => {
    const { result } = await stage().operation(async (host) =>
      failureOf(host.create((await host.check(diskOf(stage(), { timeouts: { create: "3s" } }))).inputs)),
    );
    const { diskId, snapshotResourceGroupId } = stage().estate;
    expect(result.initializationFailure).toBeUndefined();
    expect(result.message).toContain(
      "the create timeout of 3s has passed (last seen: UserErrorMissingRequiredPermissions)",
    );
    expect(result.message).toMatch(
      new RegExp(
        `az role assignment create --assignee-object-id [0-9a-f-]{36} --assignee-principal-type ServicePrincipal --role "Disk Backup Reader" --scope "${diskId}"`,
      ),
    );
    expect(result.message).toContain(
      `--role "Disk Snapshot Contributor" --scope "${snapshotResourceGroupId}"`,
    );
    expect(
      stage()
        .emulator.remainingResourceIds()
        .filter((id) => id.includes("/backupInstances/")),
    ).toEqual([]);
  });
});
