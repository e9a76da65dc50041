import * as dataprotection from "@pulumi/azure-native/dataprotection";
import type { DiskBackupArgs } from "../../components";
import { BackupInstance, DiskBackup } from "../../components";
import { unknownValue } from "../../provider/lifecycle/unknownValues";
import { diskIdOf, existingGroupId, identityId, policyIds, vault, vaultId } from "./declared";
import type { Registration } from "./recordingMonitor";
import {
  inputsOf,
  otherSubscriptionId,
  principalId,
  registrationsOf,
  subscriptionId,
  userAssignedPrincipalId,
} from "./recordingMonitor";

const diskId = diskIdOf("data");

const declareVault = (): dataprotection.BackupVault =>
  new dataprotection.BackupVault("vault", {
    resourceGroupName: "estate",
    location: "westeurope",
    identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: [identityId] },
    properties: { storageSettings: [] },
  });

async function registrationsOfDisk(
  args: Partial<DiskBackupArgs> = {},
  isPreview = false,
): Promise<Map<string, Registration>> {
  return registrationsOf(
    () =>
      void new DiskBackup("data", {
        diskId,
        vault: args.vault ?? declareVault(),
        policy: policyIds.disk,
        ...args,
      }),
    { isPreview },
  );
}

const scopeOf = (registrations: Map<string, Registration>, name: string): string =>
  String(inputsOf(registrations, name).resourceId).split("/providers/Microsoft.Authorization/")[0] ?? "";

describe("DiskBackup", () => {
  it("gives the vault's identity the roles of the facts on disk and snapshot group", async () => {
    const registrations = await registrationsOfDisk();
    const grant = (roleGuid: string): object => ({
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`,
    });
    expect(scopeOf(registrations, "data-disk-reader")).toBe(diskId);
    expect(inputsOf(registrations, "data-disk-reader").properties).toEqual(
      grant("3e5e47e6-65f7-47ef-90b5-e5dd4d455f24"),
    );
    expect(scopeOf(registrations, "data-snapshots-snapshot-contributor")).toBe(
      inputsOf(registrations, "data-snapshots-group").resourceId,
    );
    expect(inputsOf(registrations, "data-snapshots-snapshot-contributor").properties).toEqual(
      grant("7efff54f-a5b4-42b5-a1c5-5411624893ce"),
    );
  });

  it("names an assignment the same on every run, and differently for every scope", async () => {
    const nameOf = async (id: string): Promise<string | undefined> =>
      String(inputsOf(await registrationsOfDisk({ diskId: id }), "data-disk-reader").resourceId)
        .split("/")
        .at(-1);
    expect(await nameOf(diskId)).toBe(await nameOf(diskId.toUpperCase()));
    expect(await nameOf(diskId)).not.toBe(await nameOf(`${diskId}2`));
  });

  it("creates the group in the vault's region and the disk's subscription, the same on every run", async () => {
    const otherDiskId = diskId.replace(subscriptionId, otherSubscriptionId);
    const registrations = await registrationsOfDisk({ diskId: otherDiskId });
    const { resourceId, location } = inputsOf(registrations, "data-snapshots-group");
    expect(location).toBe("westeurope");
    expect(resourceId).toMatch(
      new RegExp(`^/subscriptions/${otherSubscriptionId}/resourceGroups/data-snapshots-[0-9a-f]{8}$`),
    );
    expect(inputsOf(registrations, "data-instance").datasource).toEqual({
      kind: "disk",
      diskId: otherDiskId,
      snapshotResourceGroupId: resourceId,
      location: "westeurope",
    });
    const again = await registrationsOfDisk({ diskId: otherDiskId });
    expect(inputsOf(again, "data-snapshots-group").resourceId).toBe(resourceId);
  });

  it("creates the instance after the roles", async () => {
    expect((await registrationsOfDisk()).get("data-instance")?.dependencies).toEqual(
      expect.arrayContaining(["data-disk-reader", "data-snapshots-snapshot-contributor"]),
    );
  });

  it("creates no group when an existing one is given", async () => {
    const registrations = await registrationsOfDisk({ snapshotResourceGroup: existingGroupId });
    expect(registrations.has("data-snapshots-group")).toBe(false);
    expect(scopeOf(registrations, "data-snapshots-snapshot-contributor")).toBe(existingGroupId);
  });

  it("accepts the ids of a vault that is not part of the program", async () => {
    const registrations = await registrationsOfDisk({ vault: { id: vaultId, principalId } });
    expect(inputsOf(registrations, "data-instance").vaultId).toBe(vaultId);
    expect(inputsOf(registrations, "data-instance").datasource).not.toHaveProperty("location");
  });

  it("protects by a user-assigned identity of the vault, which then gets the roles", async () => {
    const registrations = await registrationsOfDisk({ userAssignedIdentityId: identityId });
    expect(inputsOf(registrations, "data-instance").userAssignedIdentityId).toBe(identityId);
    for (const name of ["data-disk-reader", "data-snapshots-snapshot-contributor"]) {
      expect(inputsOf(registrations, name).properties).toMatchObject({
        principalId: userAssignedPrincipalId,
      });
      expect(inputsOf(registrations, name).neededBy).toMatchObject({ userAssignedIdentityId: identityId });
    }
  });

  it("assigns no roles where they exist", async () => {
    const registrations = await registrationsOfDisk({
      vault,
      roles: "existing",
      snapshotResourceGroup: existingGroupId,
    });
    expect([...registrations.keys()]).toEqual(["data", "data-instance"]);
  });

  it("declares in a preview, where a vault's principal is not known", async () => {
    const registrations = await registrationsOfDisk({}, true);
    expect(inputsOf(registrations, "data-disk-reader").resourceId).toBe(unknownValue);
    expect(registrations.has("data-instance")).toBe(true);
  });
});

describe("BackupInstance", () => {
  it("has an id that is known in previews, because check knows it", async () => {
    let id: unknown;
    await registrationsOf(
      () => {
        const instance = new BackupInstance("data", {
          vaultId,
          policyId: policyIds.disk,
          datasource: { kind: "disk", diskId, snapshotResourceGroupId: existingGroupId },
          // What check adds; the mock engine calls no provider.
          ...{ backupInstanceId: `${vaultId}/backupInstances/data` },
        });
        instance.id.apply((value) => (id = value));
      },
      { isPreview: true },
    );
    expect(id).toBe(`${vaultId}/backupInstances/data`);
  });
});
