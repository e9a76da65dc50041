import * as dataprotection from "@pulumi/azure-native/dataprotection";
import * as azureNative from "@pulumi/azure-native/provider";
import type { DiskBackupArgs } from "../../components";
import { BackupInstance, DiskBackup, SnapshotResourceGroup } from "../../components";
import type { Registration } from "./recordingMonitor";
import { idOf, registrationsOf } from "./recordingMonitor";

const subscriptionId = "11111111-1111-4111-8111-111111111111";
const principalId = "99999999-9999-4999-8999-999999999999";
const diskId = `/subscriptions/${subscriptionId}/resourceGroups/estate/providers/Microsoft.Compute/disks/data`;
const existingGroupId = `/subscriptions/${subscriptionId}/resourceGroups/existing`;
const vaultId = `/subscriptions/${subscriptionId}/resourceGroups/estate/providers/Microsoft.DataProtection/backupVaults/vault`;
const policyId = `${vaultId}/backupPolicies/daily`;

const declareVault = (): dataprotection.BackupVault =>
  new dataprotection.BackupVault("vault", {
    resourceGroupName: "estate",
    location: "westeurope",
    properties: { storageSettings: [] },
  });

async function registrationsOfDisk(
  args: Partial<DiskBackupArgs> = {},
  isPreview = false,
): Promise<Map<string, Registration>> {
  return registrationsOf(
    () => void new DiskBackup("data", { diskId, vault: declareVault(), policyId, ...args }),
    { isPreview },
  );
}

const types = (registrations: Map<string, Registration>): [string, string, string][] =>
  [...registrations.values()].map(({ name, type, parent }) => [name, type, parent]);

describe("DiskBackup", () => {
  it("declares a snapshot group, two role assignments and the instance, all named after it", async () => {
    expect(types(await registrationsOfDisk())).toEqual(
      expect.arrayContaining([
        ["data", "azure-dataprotection:index:DiskBackup", ""],
        ["data-snapshots", "azure-dataprotection:index:SnapshotResourceGroup", "data"],
        ["data-snapshots-group", "azure-native:resources:ResourceGroup", "data-snapshots"],
        [
          "data-snapshots-snapshot-contributor",
          "azure-native:authorization:RoleAssignment",
          "data-snapshots",
        ],
        ["data-disk-reader", "azure-native:authorization:RoleAssignment", "data"],
        ["data-instance", "pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance", "data"],
      ]),
    );
  });

  it("gives the vault's identity the roles of the facts on disk and snapshot group", async () => {
    const registrations = await registrationsOfDisk();
    const groupId = idOf("azure-native:resources:ResourceGroup", "data-snapshots-group");
    const grant = (scope: string, roleGuid: string): object => ({
      scope,
      principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${roleGuid}`,
      roleAssignmentName: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(registrations.get("data-disk-reader")?.inputs).toEqual(
      grant(diskId, "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24"),
    );
    expect(registrations.get("data-snapshots-snapshot-contributor")?.inputs).toEqual(
      grant(groupId, "7efff54f-a5b4-42b5-a1c5-5411624893ce"),
    );
  });

  it("names an assignment the same on every run, and differently for every scope", async () => {
    const nameOf = async (id: string): Promise<unknown> =>
      (await registrationsOfDisk({ diskId: id })).get("data-disk-reader")?.inputs.roleAssignmentName;
    expect(await nameOf(diskId)).toBe(await nameOf(diskId.toUpperCase()));
    expect(await nameOf(diskId)).not.toBe(await nameOf(`${diskId}2`));
  });

  it("creates the group in the vault's region, and tells the instance the region", async () => {
    const registrations = await registrationsOfDisk();
    expect(registrations.get("data-snapshots-group")?.inputs.location).toBe("westeurope");
    expect(registrations.get("data-instance")?.inputs.datasource).toEqual({
      kind: "disk",
      diskId,
      snapshotResourceGroupId: idOf("azure-native:resources:ResourceGroup", "data-snapshots-group"),
      location: "westeurope",
    });
  });

  it("creates the instance after the roles", async () => {
    expect((await registrationsOfDisk()).get("data-instance")?.dependencies).toEqual(
      expect.arrayContaining(["data-disk-reader", "data-snapshots-snapshot-contributor"]),
    );
  });

  it("creates no group when an existing one is given", async () => {
    const registrations = await registrationsOfDisk({ snapshotResourceGroup: existingGroupId });
    expect(registrations.has("data-snapshots-group")).toBe(false);
    expect(registrations.get("data-snapshots-snapshot-contributor")?.inputs.scope).toBe(existingGroupId);
  });

  it("accepts the ids of a vault that is not part of the program", async () => {
    const vault = { id: vaultId, principalId };
    const registrations = await registrationsOfDisk({ vault });
    expect(registrations.get("data-instance")?.inputs.vaultId).toBe(vaultId);
    expect(registrations.get("data-disk-reader")?.inputs.principalId).toBe(principalId);
    expect(registrations.get("data-instance")?.inputs.datasource).not.toHaveProperty("location");
  });

  it("hands its provider on to the children", async () => {
    const registrations = await registrationsOf(() => {
      const provider = new azureNative.Provider("estate", { subscriptionId });
      new DiskBackup("data", { diskId, vault: { id: vaultId, principalId }, policyId }, { provider });
    });
    for (const name of ["data-disk-reader", "data-snapshots-group", "data-snapshots-snapshot-contributor"]) {
      expect([name, registrations.get(name)?.provider]).toEqual([name, "estate"]);
    }
  });

  it("declares in a preview, where no id is known", async () => {
    const registrations = await registrationsOfDisk({}, true);
    expect(registrations.get("data-disk-reader")?.inputs.principalType).toBe("ServicePrincipal");
    expect(registrations.has("data-instance")).toBe(true);
  });
});

describe("disks that share a snapshot group", () => {
  const contributors = (registrations: Map<string, Registration>): string[] =>
    [...registrations.keys()].filter((name) => name.endsWith("snapshot-contributor"));

  it("share its role assignment when they are given the same component", async () => {
    const registrations = await registrationsOf(() => {
      const vault = declareVault();
      const snapshotResourceGroup = new SnapshotResourceGroup("snapshots", { vault });
      new DiskBackup("data", { diskId, vault, policyId, snapshotResourceGroup });
      new DiskBackup("logs", { diskId: `${diskId}2`, vault, policyId, snapshotResourceGroup });
    });
    expect(contributors(registrations)).toEqual(["snapshots-snapshot-contributor"]);
    expect(registrations.get("logs-instance")?.dependencies).toContain("snapshots-snapshot-contributor");
  });

  it("share it when they are given the same id and vault", async () => {
    const registrations = await registrationsOf(() => {
      const vault = declareVault();
      new DiskBackup("data", { diskId, vault, policyId, snapshotResourceGroup: existingGroupId });
      new DiskBackup("logs", {
        diskId: `${diskId}2`,
        vault,
        policyId,
        snapshotResourceGroup: existingGroupId,
      });
    });
    expect(contributors(registrations)).toEqual(["data-snapshots-snapshot-contributor"]);
  });

  it("do not share it when their vaults differ", async () => {
    const registrations = await registrationsOf(() => {
      for (const name of ["data", "logs"]) {
        const vault = { id: `${vaultId}-${name}`, principalId };
        new DiskBackup(name, { diskId, vault, policyId, snapshotResourceGroup: existingGroupId });
      }
    });
    expect(contributors(registrations)).toHaveLength(2);
  });
});

describe("BackupInstance", () => {
  it("has an id that is known in previews, because check knows it", async () => {
    let id: unknown;
    await registrationsOf(
      () => {
        const instance = new BackupInstance("data", {
          vaultId,
          policyId,
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
