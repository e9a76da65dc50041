import type { DynamicHost } from "../host/dynamicHost";
import type { HostError } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open({ softDelete: "On" });
  await stage.estate.grant("diskReader", "snapshotContributor", "accountContributor");
});
afterAll(async () => stage.close());

const declared = async (host: DynamicHost, changes: object = {}): Promise<Properties> =>
  (await host.check(stage.estate.diskDeclaration(changes))).inputs;

async function create(changes: object = {}): Promise<{ id: string; outputs: Properties }> {
  return (await stage.operation(async (host) => host.create(await declared(host, changes)))).result;
}

const stateOf = async (id: string, outputs: Properties): Promise<unknown> =>
  (await stage.operation(async (host) => host.read(id, outputs))).result.outputs.protectionState;

describe("an instance in a vault with soft delete", () => {
  let instance: { id: string; outputs: Properties };

  it("is soft-deleted, and looked up among the deleted ones to tell until when it can be had back", async () => {
    instance = await create();
    const { exchanges } = await stage.operation(async (host) => host.delete(instance.id, instance.outputs));
    expect(storyOf(exchanges)).toEqual([
      "GET backupInstances 200",
      "DELETE backupInstances/* 202",
      "GET operationStatus 200 Succeeded",
      "GET deletedBackupInstances/* 200 SoftDeleted",
    ]);
  });

  it("is not had back when recoverSoftDeleted is false, and the message says what to do", async () => {
    const { result } = await stage.operation(async (host) =>
      host.create(await declared(host, { recoverSoftDeleted: false })).then(
        () => "created",
        (error: Error) => error.message,
      ),
    );
    expect(result).toMatch(
      /holds a soft-deleted backup instance of .*disks\/data, data-[0-9a-f-]+ \(deleted .*, recoverable until .*\)/,
    );
    expect(result).toContain("recoverSoftDeleted is false; set it to true to have the instance back");
  });

  it("is not had back under another name", async () => {
    const { result } = await stage.operation(async (host) =>
      host.create(await declared(host, { name: "other" })).then(
        () => "created",
        (error: HostError) => error.message,
      ),
    );
    expect(result).toMatch(
      /under another name than other; declare name: "data-[0-9a-f-]+" to have it back \(correlation id /,
    );
  });

  it("is had back by the next create, with the declared policy, and protected again", async () => {
    const policyId = stage.estate.policyIds.diskFourHourly;
    const { result, exchanges } = await stage.operation(async (host) =>
      host.create(await declared(host, { policyId })),
    );
    expect(result.id).toBe(instance.id);
    expect(result.outputs).toMatchObject({ policyId, protectionState: "ProtectionConfigured" });
    const story = storyOf(exchanges);
    expect(story.slice(story.indexOf("GET deletedBackupInstances 200"))).toEqual([
      "GET deletedBackupInstances 200",
      "POST deletedBackupInstances/*/undelete 200",
      "GET backupInstances/* 200 ProtectionStopped",
      "POST backupInstances/*/resumeProtection 202",
      "GET operationStatus 200 Succeeded",
      "POST backupInstances/*/validateForModifyBackup 202",
      "GET operationStatus 200 Succeeded",
      "PUT backupInstances/* 201 UpdatingProtection",
      "GET operationStatus 200 Succeeded",
      "GET backupInstances/* 200 ProtectionConfigured",
    ]);
  });
});

describe("onDelete", () => {
  it.each([
    ["stopProtection", "ProtectionStopped", "resumeProtection"],
    ["suspendBackups", "BackupsSuspended", "resumeBackups"],
  ])(
    "%s keeps the instance in the state %s, and the next create takes it up again by %s",
    async (onDelete, state, resumption) => {
      const { id, outputs } = await create({ onDelete });
      await stage.operation(async (host) => host.delete(id, outputs));
      expect(await stateOf(id, outputs)).toBe(state);

      const { result, exchanges } = await stage.operation(async (host) =>
        host.create(await declared(host, { onDelete })),
      );
      expect(result.outputs).toMatchObject({ protectionState: "ProtectionConfigured" });
      expect(storyOf(exchanges)).toContain(`POST backupInstances/*/${resumption} 202`);
    },
  );

  it("retain sends nothing and leaves the datasource protected", async () => {
    const { id, outputs } = await create({ onDelete: "retain" });
    const { exchanges } = await stage.operation(async (host) => host.delete(id, outputs));
    expect(exchanges).toEqual([]);
    expect(await stateOf(id, outputs)).toBe("ProtectionConfigured");
  });
});

itAgreesWithOpenApi(() => stage);
