import { ControlError } from "../../emulator";
import type { Client, Json } from "./client";
import { Landscape } from "./landscape";

const errorDetails = {
  code: "UserErrorDiskBackupAuthorizationFailed",
  message: "The disk cannot be read.",
  recommendedAction: ["Grant the role.", "Try again."],
  detailedMessage: "over scope '/subscriptions/s'",
};

describe("what others do to an instance", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = await landscape.protectDisk();
  });
  afterEach(() => landscape.stop());

  const state = (): Promise<string> => landscape.stateOf(instanceId);
  const properties = async (): Promise<Json> => (await client.get(instanceId)).body.properties;
  const control = () => landscape.emulator.control;
  const sync = async (): Promise<void> => {
    expect((await client.post(`${instanceId}/sync`, { syncType: "Default" })).status).toBe(202);
    landscape.passInSeconds(31);
  };

  it.each([
    "Invalid",
    "NotProtected",
    "ConfiguringProtection",
    "ConfiguringProtectionFailed",
    "ProtectionConfigured",
    "BackupSchedulesSuspended",
    "RetentionSchedulesSuspended",
    "BackupsSuspended",
    "ProtectionStopped",
    "ProtectionError",
    "SoftDeleting",
    "SoftDeleted",
    "UpdatingProtection",
    "SomethingOfTheFuture",
  ])("shows %s and stays so", async (protectionState) => {
    control().setInstance(instanceId.toUpperCase(), { protectionState });
    landscape.passInSeconds(600);
    expect(await properties()).toMatchObject({
      currentProtectionState: protectionState,
      protectionStatus: { status: protectionState },
    });
    const { body } = await client.get(`${landscape.vaultId}/backupInstances`);
    expect(body.value[0].properties.currentProtectionState).toBe(protectionState);
  });

  it("shows error details as the service writes them, until the state changes", async () => {
    control().setInstance(instanceId, { protectionState: "ConfiguringProtectionFailed", errorDetails });
    const { protectionErrorDetails, protectionStatus } = await properties();
    expect(protectionErrorDetails).toMatchObject({
      code: errorDetails.code,
      message: errorDetails.message,
      recommendedAction: ["Grant the role.", "Try again."],
      innerError: { additionalInfo: { DetailedNonLocalisedMessage: errorDetails.detailedMessage } },
      isRetryable: false,
    });
    expect(protectionStatus.errorDetails).toEqual(protectionErrorDetails);
    control().setInstance(instanceId, { wasProtected: false });
    expect((await properties()).protectionErrorDetails).toEqual(protectionErrorDetails);
    control().setInstance(instanceId, { protectionState: "ProtectionConfigured" });
    expect((await properties()).protectionErrorDetails).toBeUndefined();
  });

  it("lets a state settle by itself, unless a client interferes", async () => {
    const settlesTo = { protectionState: "ProtectionError", errorDetails, afterInMs: 60_000 };
    control().setInstance(instanceId, { protectionState: "ConfiguringProtection", settlesTo });
    landscape.passInSeconds(59);
    expect(await state()).toBe("ConfiguringProtection");
    landscape.passInSeconds(1);
    expect(await properties()).toMatchObject({
      currentProtectionState: "ProtectionError",
      protectionErrorDetails: { code: errorDetails.code },
    });

    control().setInstance(instanceId, { protectionState: "ConfiguringProtection", settlesTo });
    await client.put(instanceId, { properties: landscape.diskInstance() });
    landscape.passInSeconds(120);
    expect(await state()).toBe("ProtectionConfigured");
  });

  it.each(["ProtectionError", "ConfiguringProtectionFailed"])(
    "heals %s by a sync",
    async (protectionState) => {
      control().setInstance(instanceId, { protectionState, errorDetails });
      await sync();
      expect(await state()).toBe("ProtectionConfigured");
    },
  );

  it("breaks protection for want of permissions, unless told why", async () => {
    control().breakProtection(instanceId);
    expect(await properties()).toMatchObject({
      currentProtectionState: "ProtectionError",
      protectionErrorDetails: { code: "UserErrorMissingRequiredPermissions" },
    });
    control().breakProtection(instanceId, errorDetails);
    expect((await properties()).protectionErrorDetails.code).toBe(errorDetails.code);
  });

  it("fails protection of a datasource again and again, until it is healed", async () => {
    control().failProtection(landscape.diskId, { protectionState: "ProtectionError", errorDetails });
    await client.put(instanceId, { properties: landscape.diskInstance() });
    landscape.passInSeconds(31);
    expect(await state()).toBe("ProtectionError");
    await sync();
    expect((await properties()).protectionErrorDetails.code).toBe(errorDetails.code);
    control().healProtection(landscape.diskId.toUpperCase());
    await sync();
    expect(await state()).toBe("ProtectionConfigured");
  });

  it("stops, suspends, soft-deletes and removes behind the client's back", async () => {
    control().stopProtection(instanceId);
    expect(await state()).toBe("ProtectionStopped");
    control().suspendBackups(instanceId);
    expect(await state()).toBe("BackupsSuspended");
    control().softDelete(instanceId);
    expect((await client.get(instanceId)).status).toBe(404);
    const deletedId = instanceId.replace("backupInstances", "deletedBackupInstances");
    expect(await landscape.stateOf(deletedId)).toBe("SoftDeleted");
    await client.post(`${deletedId}/undelete`);
    expect(await state()).toBe("ProtectionStopped");
    control().removeInstance(instanceId);
    expect((await client.get(instanceId)).status).toBe(404);
    expect((await client.get(deletedId)).status).toBe(404);
  });

  it("shows an instance as the service may one day, in other casing and with more fields", async () => {
    const resourceID = landscape.diskId.replace("resourceGroups", "resourcegroups");
    const path = `${instanceId}?api-version=2026-06-01`;
    const before = (await client.get(path)).body.properties;
    const shownAs = { dataSourceInfo: { resourceID }, futureSettings: { level: 3 } };
    control().setInstance(instanceId, { shownAs });
    expect((await client.get(path)).body.properties).toEqual({
      ...before,
      dataSourceInfo: { ...before.dataSourceInfo, resourceID },
      futureSettings: { level: 3 },
    });
    control().setInstance(instanceId, { shownAs: null });
    expect((await client.get(path)).body.properties).toEqual(before);
  });

  it("puts an instance under another policy", async () => {
    const policyId = `${landscape.vaultId}/backupPolicies/disk2`;
    control().setInstance(instanceId, { policyId });
    expect((await properties()).policyInfo).toMatchObject({ policyId, policyParameters: expect.anything() });
  });

  it.each<[string, () => void, string]>([
    ["an unknown instance", () => control().breakProtection("/x"), "There is no backup instance /x."],
    [
      "nothing to remove",
      () => control().removeInstance("/x"),
      "There is no backup instance /x, soft-deleted or not.",
    ],
    [
      "an unknown policy",
      () => control().setInstance(instanceId, { policyId: "/p" }),
      "There is no backup policy /p.",
    ],
    ["an unknown lock", () => control().removeLock("/l"), "There is no lock /l."],
  ])("refuses %s", (_what, call, message) => {
    expect(call).toThrow(new ControlError(message));
  });

  it("puts the clock forward, never back", async () => {
    await client.delete(instanceId);
    control().advance(16_000);
    expect((await client.get(instanceId)).status).toBe(404);
    control().advance(3_600_000);
    expect((await client.get(instanceId)).body.error.code).toBe("ExpiredAuthenticationToken");
    expect(() => control().advance(-1)).toThrow(RangeError);
  });
});

it("has durations of its own where it is given them", async () => {
  const landscape = await Landscape.start({ durationsInMs: { rolePropagation: 1_800_000 } });
  await landscape.grant();
  const validation = async (): Promise<string> => {
    const path = `${landscape.vaultId}/validateForBackup`;
    const { headers } = await landscape.client.post(path, { backupInstance: landscape.diskInstance() });
    landscape.passInSeconds(12);
    return (await landscape.client.get(headers["azure-asyncoperation"]!)).body.status;
  };
  expect(await validation()).toBe("Failed");
  landscape.passInSeconds(1_790);
  expect(await validation()).toBe("Succeeded");
  await landscape.stop();
});
