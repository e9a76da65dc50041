import * as dataprotection from "@pulumi/azure-native/dataprotection";
import type { DiskBackupArgs } from "../../components";
import {
  BackupInstance,
  BackupVault,
  DiskBackup,
  SnapshotResourceGroup,
  diskPolicies,
} from "../../components";
import { unknownValue } from "../../provider/instance/inputs";
import type { Registration } from "./recordingMonitor";
import {
  childrenOf,
  otherSubscriptionId,
  principalId,
  registrationsOf,
  subscriptionId,
  userAssignedPrincipalId,
} from "./recordingMonitor";

const group = `/subscriptions/${subscriptionId}/resourceGroups/estate`;
const diskId = `${group}/providers/Microsoft.Compute/disks/data`;
const existingGroupId = `/subscriptions/${subscriptionId}/resourceGroups/existing`;
const vaultId = `${group}/providers/Microsoft.DataProtection/backupVaults/vault`;
const policyId = `${vaultId}/backupPolicies/daily`;
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backups`;
const vault = { id: vaultId, principalId, location: "westeurope" };
const ours = "pulumi-nodejs:dynamic/azure-dataprotection";

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
      void new DiskBackup("data", { diskId, vault: args.vault ?? declareVault(), policy: policyId, ...args }),
    { isPreview },
  );
}

const inputsOf = (registrations: Map<string, Registration>, name: string): Record<string, unknown> =>
  registrations.get(name)?.inputs ?? {};

const scopeOf = (registrations: Map<string, Registration>, name: string): string =>
  String(inputsOf(registrations, name).resourceId).split("/providers/Microsoft.Authorization/")[0] ?? "";

describe("DiskBackup", () => {
  it("declares a snapshot group, two role assignments and the instance, all named after it", async () => {
    const registrations = await registrationsOfDisk({ vault });
    expect(childrenOf(registrations)).toEqual([
      ["data", "azure-dataprotection:index:DiskBackup", ""],
      ["data-disk-reader", `${ours}:RoleAssignment`, "data"],
      ["data-instance", `${ours}:BackupInstance`, "data"],
      ["data-snapshots", "azure-dataprotection:index:SnapshotResourceGroup", "data"],
      ["data-snapshots-group", `${ours}:ResourceGroup`, "data-snapshots"],
      ["data-snapshots-snapshot-contributor", `${ours}:RoleAssignment`, "data-snapshots"],
    ]);
  });

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

describe("the policy of a DiskBackup", () => {
  const declare = async (args: Partial<DiskBackupArgs>): Promise<Map<string, Registration>> =>
    registrationsOf(() => {
      const backups = new BackupVault("backups", {
        resourceGroupName: "estate",
        policies: { daily: diskPolicies.daily, often: diskPolicies.everyFourHours },
      });
      new DiskBackup("data", { diskId, vault: backups, ...args });
    });

  it("is one of the vault's, by its name", async () => {
    const registrations = await declare({ policy: "often" });
    expect(inputsOf(registrations, "data-instance").policyId).toBe(
      inputsOf(registrations, "backups-often").resourceId,
    );
  });

  it("is created in the vault where it is a value, once for all that declare it", async () => {
    const registrations = await registrationsOf(() => {
      new DiskBackup("data", { diskId, vault, policy: diskPolicies.daily });
      new DiskBackup("logs", { diskId: `${diskId}2`, vault, policy: diskPolicies.daily });
    });
    const { resourceId, properties } = inputsOf(registrations, "data-policy");
    expect(resourceId).toMatch(new RegExp(`^${vaultId}/backupPolicies/disk-[0-9a-f]{8}$`));
    expect(properties).toEqual(diskPolicies.daily.properties);
    expect(inputsOf(registrations, "logs-policy").resourceId).toBe(resourceId);
    expect(inputsOf(registrations, "data-instance").policyId).toBe(resourceId);
    expect(registrations.get("data-instance")?.dependencies).toContain("data-policy");
  });

  it("is the only one of the vault's that fits where none is named", async () => {
    const registrations = await registrationsOf(() => {
      const backups = new BackupVault("backups", { resourceGroupName: "estate" });
      new DiskBackup("data", { diskId, vault: backups });
    });
    expect(inputsOf(registrations, "data-instance").policyId).toBe(
      inputsOf(registrations, "backups-disks").resourceId,
    );
  });

  it.each<[what: string, args: object, message: RegExp]>([
    [
      "none where several fit",
      {},
      /policy: is missing, and several of the vault's fit; give one of "daily", "often"$/,
    ],
    [
      "a name that the vault has not",
      { policy: "weekly" },
      /policy: "weekly" is no policy .* one of "daily", "often"/,
    ],
    [
      "none for another vault",
      { vault },
      /policy: is missing; give a policy for disks with operational backup/,
    ],
  ])("is refused: %s", async (_what, args, message) => {
    await expect(declare(args)).rejects.toThrow(message);
  });
});

describe("disks that share a snapshot group", () => {
  const contributors = (registrations: Map<string, Registration>): string[] =>
    [...registrations.keys()].filter((name) => name.endsWith("snapshot-contributor"));
  const logsId = `${diskId}2`;

  it("share its role assignment when they are given the same component", async () => {
    const registrations = await registrationsOf(() => {
      const snapshotResourceGroup = new SnapshotResourceGroup("snapshots", { vault });
      new DiskBackup("data", { diskId, vault, policy: policyId, snapshotResourceGroup });
      new DiskBackup("logs", { diskId: logsId, vault, policy: policyId, snapshotResourceGroup });
    });
    expect(contributors(registrations)).toEqual(["snapshots-snapshot-contributor"]);
    expect(registrations.get("logs-instance")?.dependencies).toContain("snapshots-snapshot-contributor");
  });

  it("mean one assignment when they are given the same id and vault, and two when their vaults differ", async () => {
    const assignmentsOf = async (...principals: string[]): Promise<number> => {
      const registrations = await registrationsOf(() => {
        principals.forEach((id, index) => {
          const given = { ...vault, principalId: id };
          const args = { diskId, policy: policyId, snapshotResourceGroup: existingGroupId };
          new DiskBackup(`data${index}`, { ...args, vault: given });
        });
      });
      const ids = contributors(registrations).map((name) => inputsOf(registrations, name).resourceId);
      return new Set(ids).size;
    };
    expect(await assignmentsOf(principalId, principalId)).toBe(1);
    expect(await assignmentsOf(principalId, userAssignedPrincipalId)).toBe(2);
  });
});

describe("bad arguments of a DiskBackup", () => {
  it.each<[property: string, args: object, message: RegExp]>([
    ["policyId", { policyId }, /policyId: a disk's backup has no such property; it has diskId, .*policy/],
    ["vault", { vault: undefined }, /vault: is missing; give a vault, or \{ id, principalId \}/],
    ["diskId", { diskId: "" }, /diskId: is missing/],
    ["roles", { roles: "none" }, /roles: "none" is neither "create" nor "existing"/],
    [
      "snapshotResourceGroup",
      { roles: "existing" },
      /snapshotResourceGroup: is missing; a new group has no roles/,
    ],
  ])("names %s before anything is registered", async (_property, args, message) => {
    await expect(registrationsOfDisk({ vault, ...args })).rejects.toThrow(message);
    await expect(registrationsOfDisk({ vault, ...args })).rejects.toThrow('declaring DiskBackup "data": ');
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
