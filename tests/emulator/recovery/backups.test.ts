import { RecoveryLandscape } from "./recoveryLandscape";

const dayInSeconds = 24 * 60 * 60;
const now = "2026-11-20T10:00:51";

describe("backups and what they leave", () => {
  let recovery: RecoveryLandscape;
  let instanceId: string;

  beforeEach(async () => {
    recovery = await RecoveryLandscape.start();
    instanceId = await recovery.protectDisk();
  });
  afterEach(() => recovery.stop());

  const pass = (seconds: number): void => recovery.landscape.passInSeconds(seconds);
  const passDays = (days: number): void => {
    pass(days * dayInSeconds);
    recovery.client.forgetToken();
  };

  it("accept a backup on demand, whose operation names a job before there is a point", async () => {
    const accepted = await recovery.backUp(instanceId);
    expect(accepted).toMatchObject({ status: 202, headers: { "retry-after": "10" } });
    const { status, properties } = await recovery.operationOf(accepted, 1);
    expect({ status, properties }).toEqual({
      status: "Succeeded",
      properties: {
        jobId: expect.stringMatching(/\/backupJobs\/[0-9a-f-]{36}$/),
        objectType: "OperationJobExtendedInfo",
      },
    });
    expect((await recovery.client.get(accepted.headers["location"]!)).body).toEqual(properties);
    expect(await recovery.pointsOf(instanceId)).toEqual([]);
    expect(await recovery.jobsOf()).toHaveLength(1);
    pass(183);
    expect((await recovery.client.get(properties.jobId)).body.properties).toMatchObject({
      status: "InProgress",
      startTime: `${now}Z`,
      endTime: null,
      duration: "PT0S",
      isUserTriggered: true,
      extendedInfo: { subTasks: [{ taskName: "Trigger Backup", taskStatus: "InProgress" }] },
    });
    pass(1);
    const [point] = await recovery.pointsOf(instanceId);
    expect((await recovery.client.get(properties.jobId)).body.properties).toMatchObject({
      status: "Completed",
      endTime: "2026-11-20T10:03:56Z",
      duration: "PT3M5S",
      destinationDataStoreName: "OperationalTierStore",
      extendedInfo: {
        targetRecoverPoint: { recoveryPointID: point.name },
        additionalDetails: { RetentionTag: "default" },
        subTasks: [{ additionalDetails: { OriginalDatasourceSizeInBytes: String(4 * 2 ** 30) } }],
      },
    });
    expect(point.properties).toMatchObject({
      recoveryPointTime: "2026-11-20T10:02:54.3330000Z",
      recoveryPointType: "Incremental",
      policyName: "nightly",
    });
  });

  it.each(["Default", "backupdaily", "BackupWeekly", ""])(
    "refuse a backup by the rule '%s'",
    async (rule) => {
      const { status, body } = await recovery.backUp(instanceId, rule);
      expect({ status, code: body.error.code }).toEqual({ status: 400, code: "BMSUserErrorInvalidInput" });
      expect(await recovery.jobsOf()).toEqual([]);
    },
  );

  it("refuse a backup on demand while protection is stopped", async () => {
    recovery.landscape.emulator.control.stopProtection(instanceId);
    expect((await recovery.backUp(instanceId)).status).toBe(400);
  });

  it("keep the only point without an expiry, and give it one when another comes", async () => {
    const expiries = async (): Promise<(string | null)[]> =>
      (await recovery.pointsOf(instanceId)).map(({ properties }) => properties.expiryTime as string | null);
    await recovery.pointOf(instanceId);
    expect(await expiries()).toEqual([null]);
    const newest = await recovery.pointOf(instanceId);
    expect(await expiries()).toEqual([newest.properties.expiryTime, "2026-11-27T10:01:52.6670000Z"]);
    expect(newest.properties.expiryTime).not.toBeNull();
  });

  it("are made by the policy's schedule as the clock goes on, and expire by its retention", async () => {
    passDays(3);
    const times = async (): Promise<string[]> =>
      (await recovery.pointsOf(instanceId)).map(
        ({ properties }) => properties.recoveryPointTime.slice(0, 16) as string,
      );
    expect(await times()).toEqual(["2026-11-23T02:02", "2026-11-22T02:02", "2026-11-21T02:02"]);
    expect(
      (await recovery.jobsOf()).map(({ properties }) => [properties.status, properties.isUserTriggered]),
    ).toEqual(Array(3).fill(["Completed", false]));
    passDays(30);
    expect((await times()).at(0)).toBe("2026-12-23T02:02");
    expect(await times()).toHaveLength(7);
    expect(await recovery.jobsOf()).toHaveLength(14);
  });

  it("stop with protection, keep what there is for ever, and go on when it is resumed", async () => {
    passDays(2);
    recovery.landscape.emulator.control.stopProtection(instanceId);
    passDays(60);
    expect(await recovery.pointsOf(instanceId)).toHaveLength(2);
    expect(await recovery.jobsOf()).toEqual([]);
    await recovery.landscape.ok(recovery.client.post(`${instanceId}/resumeProtection`));
    pass(45);
    passDays(1);
    expect(await recovery.jobsOf()).toHaveLength(1);
  });

  it("filter points by time", async () => {
    passDays(3);
    const between = (from: string, to: string): string => `startDate eq '${from}' and endDate eq '${to}'`;
    const one = between("2026-11-22T00:00:00.0000000Z", "2026-11-23T00:00:00.0000000Z");
    expect(await recovery.pointsOf(instanceId, one)).toHaveLength(1);
    const none = between("2026-11-23T00:00:00.0000000Z", "2026-11-22T00:00:00.0000000Z");
    expect(await recovery.pointsOf(instanceId, none)).toEqual([]);
  });

  it("come back with an undeleted instance, and are gone with one that is gone", async () => {
    await recovery.pointOf(instanceId);
    const deletedId = instanceId.replace("backupInstances", "deletedBackupInstances");
    recovery.landscape.emulator.control.softDelete(instanceId);
    expect((await recovery.client.get(`${instanceId}/recoveryPoints`)).status).toBe(404);
    await recovery.landscape.ok(recovery.client.post(`${deletedId}/undelete`));
    expect(await recovery.pointsOf(instanceId)).toHaveLength(1);
    recovery.landscape.emulator.control.removeInstance(instanceId);
    await recovery.protectDisk();
    expect(await recovery.pointsOf(instanceId)).toEqual([]);
  });

  it("fail once the disk is gone, with the reason on the job", async () => {
    await recovery.landscape.ok(recovery.client.delete(recovery.landscape.diskId));
    passDays(1);
    const [job] = await recovery.jobsOf();
    expect(job.properties).toMatchObject({
      status: "Failed",
      errorDetails: [{ code: "UserErrorManagedDiskNotFound" }],
    });
    expect(await recovery.pointsOf(instanceId)).toEqual([]);
  });

  it("answer pages of jobs, oldest first", async () => {
    for (let count = 0; count < 201; count++) {
      await recovery.backUp(instanceId);
      pass(1);
    }
    const first = (await recovery.client.get(`${recovery.landscape.vaultId}/backupJobs`)).body;
    expect(first.value).toHaveLength(200);
    const second = (await recovery.client.get(first.nextLink)).body;
    expect({ count: second.value.length, nextLink: second.nextLink }).toEqual({ count: 1, nextLink: null });
    expect(second.value[0].properties.startTime > first.value[0].properties.startTime).toBe(true);
  });
});
