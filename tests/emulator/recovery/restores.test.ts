import type { Json, Reply } from "../client";
import { RecoveryLandscape } from "./recoveryLandscape";

type Situation = [what: string, arrange: (recovery: RecoveryLandscape) => Promise<Json>, code: string];

let recovery: RecoveryLandscape;
afterEach(() => recovery.stop());

const validate = (instanceId: string, body: Json): Promise<Reply> =>
  recovery.client.post(`${instanceId}/validateRestore`, { restoreRequestObject: body });
const restore = (instanceId: string, body: Json): Promise<Reply> =>
  recovery.client.post(`${instanceId}/restore`, body);

/** The validation fails with the code in its operation, and the restore is refused with it at once. */
async function expectRefusal(instanceId: string, body: Json, code: string): Promise<void> {
  const validation = await recovery.operationOf(await validate(instanceId, body), 21);
  expect({ status: validation.status, code: validation.error?.code }).toEqual({ status: "Failed", code });
  const refused = await restore(instanceId, body);
  expect({ status: refused.status, code: refused.body.error.code }).toEqual({ status: 400, code });
}

describe("a restored disk", () => {
  let instanceId: string;
  let pointId: string;

  beforeEach(async () => {
    recovery = await RecoveryLandscape.start();
    instanceId = await recovery.protectDisk();
    pointId = (await recovery.pointOf(instanceId)).name as string;
  });

  it("is a disk when the job has completed, and not when the operation has succeeded", async () => {
    const body = recovery.diskRestore(pointId);
    const validation = await validate(instanceId, body);
    expect(validation).toMatchObject({ status: 202, headers: { "retry-after": "10" } });
    expect((await recovery.operationOf(validation, 20)).status).toBe("Inprogress");
    expect((await recovery.operationOf(validation, 1)).status).toBe("Succeeded");
    const accepted = await restore(instanceId, body);
    const operation = await recovery.operationOf(accepted, 1);
    expect(operation.status).toBe("Succeeded");
    expect((await recovery.client.get(recovery.targetDiskId)).status).toBe(404);
    recovery.landscape.passInSeconds(213);
    expect((await recovery.client.get(operation.properties.jobId)).body.properties).toMatchObject({
      status: "Completed",
      operation: "Restore",
      sourceDataStoreType: "OperationalStore",
      destinationDataStoreName: null,
      extendedInfo: {
        sourceRecoverPoint: { recoveryPointID: pointId },
        targetRecoverPoint: null,
        recoveryDestination: recovery.targetDiskId,
      },
    });
    expect((await recovery.client.get(recovery.targetDiskId)).body).toMatchObject({
      name: "data-restored",
      location: "westeurope",
      properties: {
        diskSizeGB: 4,
        diskState: "Unattached",
        provisioningState: "Succeeded",
        creationData: {
          createOption: "Copy",
          sourceResourceId: expect.stringContaining("/snapshots/AzureBackup_"),
        },
      },
    });
  });

  it("needs Disk Restore Operator on the target group: without it, the validation and the job fail", async () => {
    const otherGroupId = recovery.targetGroupId.replace(/restored$/, "elsewhere");
    await recovery.landscape.ok(recovery.client.put(otherGroupId, { location: "westeurope" }));
    const targetId = `${otherGroupId}/providers/Microsoft.Compute/disks/copy`;
    const disks = "Microsoft.Compute/disks";
    const body = recovery.diskRestore(pointId, {
      restoreTargetInfo: recovery.target(targetId, disks, disks),
    });
    const { error } = await recovery.operationOf(await validate(instanceId, body), 21);
    expect(error.code).toBe("UserErrorMissingRequiredPermissions");
    expect(JSON.stringify(error)).toContain(`over scope '${otherGroupId}/`);
    const job = await recovery.jobOf(await restore(instanceId, body), 214);
    expect(job).toMatchObject({ status: "Failed", errorDetails: [{ code: error.code }] });
    expect((await recovery.client.get(targetId)).status).toBe(404);

    await recovery.landscape.ok(recovery.landscape.assign("diskRestoreOperator", otherGroupId));
    recovery.landscape.passInSeconds(20);
    expect((await recovery.jobOf(await restore(instanceId, body), 214)).status).toBe("Completed");
    expect((await recovery.client.get(targetId)).status).toBe(200);
  });

  const withTarget = (change: Json): Json => ({
    ...recovery.diskRestore(pointId),
    restoreTargetInfo: { ...recovery.diskRestore(pointId).restoreTargetInfo, ...change },
  });
  const withTargetId = (resourceID: string): Json =>
    withTarget({
      datasourceInfo: { ...recovery.diskRestore(pointId).restoreTargetInfo.datasourceInfo, resourceID },
    });

  it.each<Situation>([
    [
      "a point that is not there",
      async () => recovery.diskRestore("0".repeat(32)),
      "CloudServiceRetryableError",
    ],
    [
      "a point that is gone",
      async () => {
        recovery.landscape.emulator.control.removeRecoveryPoint(`${instanceId}/recoveryPoints/${pointId}`);
        return recovery.diskRestore(pointId);
      },
      "CloudServiceRetryableError",
    ],
    [
      "a disk that exists",
      async () => withTargetId(recovery.landscape.diskId),
      "UserErrorRestoreTargetAlreadyExists",
    ],
    [
      "a group that does not exist",
      async () => withTargetId(recovery.targetDiskId.replace("/restored/", "/nowhere/")),
      "UserErrorRestoreTargetNotFound",
    ],
    [
      "another region",
      async () => withTarget({ restoreLocation: "northeurope" }),
      "UserErrorRestoreLocationNotSupported",
    ],
    [
      "another kind of target",
      async () => withTargetId(recovery.targetAccountId),
      "UserErrorInvalidParameterInRequest",
    ],
    [
      "whatever control wants",
      async () => {
        const errorDetails = { code: "UserErrorOfTomorrow", message: "The snapshot was moved." };
        recovery.landscape.emulator.control.refuseRestores(instanceId, errorDetails);
        return recovery.diskRestore(pointId);
      },
      "UserErrorOfTomorrow",
    ],
  ])("is refused for %s", async (_what, arrange, code) => {
    await expectRefusal(instanceId, await arrange(recovery), code);
    expect(await recovery.jobsOf()).toHaveLength(1);
  });

  it.each<[string, Json]>([
    ["no target", { restoreTargetInfo: undefined }],
    ["another kind of request", { objectType: "AzureBackupRestoreWithRehydrationRequest" }],
    ["another store", { sourceDataStoreType: "ArchiveStore" }],
  ])("is refused at once for %s", async (_what, change) => {
    const body = recovery.diskRestore(pointId, change);
    for (const reply of [await validate(instanceId, body), await restore(instanceId, body)]) {
      expect({ status: reply.status, code: reply.body.error.code }).toEqual({
        status: 400,
        code: "BMSUserErrorInvalidInput",
      });
    }
  });

  it.each<[status: string, isThere: boolean, hasEnded: boolean]>([
    ["Failed", false, true],
    ["CompletedWithWarnings", true, true],
    ["Cancelled", false, true],
    ["InProgress", false, false],
    ["Paused", false, false],
  ])("may come to %s", async (status, isThere, hasEnded) => {
    const errorDetails = { code: "UserErrorOfTomorrow", message: "Something was not as it should be." };
    recovery.landscape.emulator.control.endJobs(instanceId, { operation: "Restore", status, errorDetails });
    const job = await recovery.jobOf(await restore(instanceId, recovery.diskRestore(pointId)), 1_000);
    expect(job.status).toBe(status);
    expect(job.endTime === null).toBe(!hasEnded);
    expect(JSON.stringify(job.errorDetails ?? "").includes(errorDetails.code)).toBe(status === "Failed");
    expect(JSON.stringify(job.extendedInfo.warningDetails ?? "").includes(errorDetails.code)).toBe(
      status === "CompletedWithWarnings",
    );
    expect((await recovery.client.get(recovery.targetDiskId)).status).toBe(isThere ? 200 : 404);
  });

  it("may be missing although its job has completed, until control heals it", async () => {
    const { control } = recovery.landscape.emulator;
    control.endJobs(instanceId, { operation: "Restore", status: "Completed", hasNoEffect: true });
    const restoreNow = () => restore(instanceId, recovery.diskRestore(pointId));
    expect((await recovery.jobOf(await restoreNow(), 214)).status).toBe("Completed");
    expect((await recovery.client.get(recovery.targetDiskId)).status).toBe(404);
    control.healRecovery(instanceId);
    await recovery.jobOf(await restoreNow(), 214);
    expect((await recovery.client.get(recovery.targetDiskId)).status).toBe(200);
  });

  it("may be held up by control for ever", async () => {
    const { properties } = await recovery.operationOf(
      await restore(instanceId, recovery.diskRestore(pointId)),
      1,
    );
    recovery.landscape.emulator.control.setJob(properties.jobId, { status: "InProgress" });
    recovery.landscape.passInSeconds(100_000);
    recovery.client.forgetToken();
    expect((await recovery.client.get(properties.jobId)).body.properties.status).toBe("InProgress");
  });

  it("may be backed up without success for days", async () => {
    const errorDetails = { code: "UserErrorSnapshotLimit", message: "There are too many snapshots." };
    recovery.landscape.emulator.control.endJobs(instanceId, {
      operation: "Backup",
      status: "Failed",
      errorDetails,
    });
    recovery.landscape.passInSeconds(3 * 24 * 60 * 60);
    recovery.client.forgetToken();
    expect((await recovery.jobsOf()).map(({ properties }) => properties.status)).toEqual([
      "Completed",
      "Failed",
      "Failed",
      "Failed",
    ]);
    expect(await recovery.pointsOf(instanceId)).toHaveLength(1);
  });
});

describe("restored containers", () => {
  let instanceId: string;
  let recoveryPointId: string;

  beforeEach(async () => {
    recovery = await RecoveryLandscape.start();
    instanceId = await recovery.protectBlobs(["one", "two"]);
    recoveryPointId = (await recovery.pointOf(instanceId)).name as string;
  });

  const containersOf = async (accountId: string): Promise<string[]> =>
    (await recovery.client.get(`${accountId}/blobServices/default/containers`)).body.value.map(
      ({ name }: Json) => name as string,
    );
  const items = (...itemPaths: string[]): Json => ({
    objectType: "ItemLevelRestoreTargetInfo",
    restoreCriteria: itemPaths.map((itemPath) => ({
      objectType: "ItemPathBasedRestoreCriteria",
      itemPath,
      isPathRelativeToBackupItem: true,
    })),
  });

  it("are all of the point's, in another account", async () => {
    const job = await recovery.jobOf(
      await restore(instanceId, recovery.blobRestore({ recoveryPointId })),
      600,
    );
    expect(job).toMatchObject({
      status: "Completed",
      extendedInfo: { recoveryDestination: recovery.targetAccountId },
    });
    expect(await containersOf(recovery.targetAccountId)).toEqual(["one", "two"]);
  });

  it("are those asked for, under other names where wanted", async () => {
    const asked = items("two");
    asked.restoreCriteria[0].renameTo = "two-restored";
    const body = recovery.blobRestore({ recoveryPointId }, asked);
    // `renameTo` is younger than the OpenAPI document of 2024-04-01.
    const reply = await recovery.client.post(`${instanceId}/restore?api-version=2026-03-01`, body);
    await recovery.jobOf(reply, 600);
    expect(await containersOf(recovery.targetAccountId)).toEqual(["two-restored"]);
  });

  it.each<Situation>([
    [
      "a container that the point does not have",
      async () => recovery.blobRestore({ recoveryPointId }, items("three")),
      "UserErrorIncorrectContainersSelectedForOperation",
    ],
    [
      "a container that the account has",
      async () => {
        await recovery.client.put(`${recovery.targetAccountId}/blobServices/default/containers/one`, {});
        return recovery.blobRestore({ recoveryPointId });
      },
      "UserErrorRestoreTargetAlreadyExists",
    ],
    [
      "the account that was backed up",
      async () => {
        const body = recovery.blobRestore({ recoveryPointId });
        body.restoreTargetInfo.datasourceInfo.resourceID = recovery.landscape.accountId;
        return body;
      },
      "UserErrorRestoreToSourceAccountNotSupported",
    ],
    [
      "an account that is not there",
      async () => {
        await recovery.client.delete(recovery.targetAccountId);
        return recovery.blobRestore({ recoveryPointId });
      },
      "UserErrorRestoreTargetNotFound",
    ],
  ])("are refused for %s", async (_what, arrange, code) => {
    await expectRefusal(instanceId, await arrange(recovery), code);
  });
});

describe("blobs put back in place", () => {
  let instanceId: string;

  beforeEach(async () => {
    recovery = await RecoveryLandscape.start();
    instanceId = await recovery.protectBlobs();
  });

  const find = (body: Json = {}): Promise<Reply> =>
    recovery.client.post(`${instanceId}/findRestorableTimeRanges`, {
      sourceDataStoreType: "OperationalStore",
      ...body,
    });

  it("are restorable since they are protected, and as far back as the policy's retention", async () => {
    const range = async (): Promise<Json> => (await find()).body.properties.restorableTimeRanges[0];
    expect(await range()).toEqual({
      startTime: "2026-11-20T10:00:51.0000000Z",
      endTime: "2026-11-20T10:00:51.0000000Z",
      objectType: "RestorableTimeRange",
    });
    recovery.landscape.passInSeconds(30 * 24 * 60 * 60);
    recovery.client.forgetToken();
    expect((await range()).startTime).toBe("2026-12-13T10:00:51.0000000Z");
  });

  it("come from a time in the range, by a job", async () => {
    recovery.landscape.passInSeconds(3_000);
    const body = recovery.blobRestore({ recoveryPointTime: "2026-11-20T10:30:00.0000000Z" });
    expect((await recovery.operationOf(await validate(instanceId, body), 21)).status).toBe("Succeeded");
    const job = await recovery.jobOf(await restore(instanceId, body), 120);
    expect(job).toMatchObject({
      status: "Completed",
      extendedInfo: {
        sourceRecoverPoint: { recoveryPointID: null, recoveryPointTime: "2026-11-20T10:30:00Z" },
        recoveryDestination: recovery.landscape.accountId,
      },
    });
    expect(await recovery.pointsOf(instanceId)).toEqual([]);
  });

  it("are refused for a time outside", async () => {
    const body = recovery.blobRestore({ recoveryPointTime: "2026-11-20T09:00:00.0000000Z" });
    await expectRefusal(instanceId, body, "UserErrorInvalidRestorableTimeRange");
  });

  it("have no backups on demand", async () => {
    expect((await recovery.backUp(instanceId)).body.error.code).toBe("BMSUserErrorInvalidInput");
  });
});
