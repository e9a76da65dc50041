import type { BlobBackupArgs, DiskBackupArgs } from "../../components";
import { BackupVault, BlobBackup, DiskBackup, diskPolicies } from "../../components";
import { accountIdOf, diskIdOf, vault, vaultId } from "./declared";
import type { Registration } from "./recordingMonitor";
import { inputsOf, registrationsOf } from "./recordingMonitor";

const diskId = diskIdOf("data");

describe("the policy of a disk's backup", () => {
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

describe("the policy of a backup of blobs", () => {
  it.each<[sort: string, args: Partial<BlobBackupArgs>, policyName: string]>([
    ["operational", {}, "backups-blobs"],
    ["vaulted", { containers: ["invoices"] }, "backups-vaultedBlobs"],
  ])("takes the vault's policy for %s backup where none is named", async (_sort, args, policyName) => {
    const registrations = await registrationsOf(() => {
      const backups = new BackupVault("backups", { resourceGroupName: "estate" });
      new BlobBackup("files", { storageAccountId: accountIdOf("files"), vault: backups, ...args });
    });
    expect(inputsOf(registrations, "files-instance").policyId).toBe(
      inputsOf(registrations, policyName).resourceId,
    );
  });
});
