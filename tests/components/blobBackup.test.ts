import type { BlobBackupArgs } from "../../components";
import { BackupVault, BlobBackup, blobPolicies, diskPolicies } from "../../components";
import type { Registration } from "./recordingMonitor";
import { childrenOf, registrationsOf } from "./recordingMonitor";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/estate";
const storageAccountId = `${group}/providers/Microsoft.Storage/storageAccounts/files`;
const vault = {
  id: `${group}/providers/Microsoft.DataProtection/backupVaults/vault`,
  principalId: "99999999-9999-4999-8999-999999999999",
  location: "westeurope",
};
const policy = `${vault.id}/backupPolicies/daily`;
const ours = "pulumi-nodejs:dynamic/azure-dataprotection";

async function registrationsOfBlob(args: Partial<BlobBackupArgs> = {}): Promise<Map<string, Registration>> {
  return registrationsOf(() => void new BlobBackup("files", { storageAccountId, vault, policy, ...args }));
}

describe("BlobBackup", () => {
  it("declares a role assignment on the account and then the instance, named after it", async () => {
    const registrations = await registrationsOfBlob();
    expect(childrenOf(registrations)).toEqual([
      ["files", "azure-dataprotection:index:BlobBackup", ""],
      ["files-account-contributor", `${ours}:RoleAssignment`, "files"],
      ["files-instance", `${ours}:BackupInstance`, "files"],
    ]);
    expect(registrations.get("files-instance")?.dependencies).toContain("files-account-contributor");
  });

  it("gives the vault's identity the role of the facts", async () => {
    const { resourceId, properties } =
      (await registrationsOfBlob()).get("files-account-contributor")?.inputs ?? {};
    expect(resourceId).toContain(`${storageAccountId}/providers/Microsoft.Authorization/roleAssignments/`);
    expect(properties).toMatchObject({
      principalId: vault.principalId,
      principalType: "ServicePrincipal",
      roleDefinitionId: expect.stringMatching(/\/roleDefinitions\/e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1$/),
    });
  });

  it.each<[sort: string, args: Partial<BlobBackupArgs>, datasource: object]>([
    ["operational", {}, { kind: "blob", storageAccountId, location: "westeurope" }],
    [
      "vaulted",
      { containers: ["invoices"] },
      { kind: "blob", storageAccountId, containers: ["invoices"], location: "westeurope" },
    ],
  ])("declares %s backup", async (_sort, args, datasource) => {
    expect((await registrationsOfBlob(args)).get("files-instance")?.inputs.datasource).toEqual(datasource);
  });

  it("passes name, friendly name and timeouts on", async () => {
    const args = { name: "mine", friendlyName: "Mine", timeouts: { create: "1h" } };
    expect((await registrationsOfBlob(args)).get("files-instance")?.inputs).toMatchObject(args);
  });

  it("assigns no role where it exists", async () => {
    const registrations = await registrationsOfBlob({ roles: "existing" });
    expect([...registrations.keys()]).toEqual(["files", "files-instance"]);
  });

  it.each<[sort: string, args: Partial<BlobBackupArgs>, policyName: string]>([
    ["operational", {}, "backups-blobs"],
    ["vaulted", { containers: ["invoices"] }, "backups-vaultedBlobs"],
  ])("takes the vault's policy for %s backup where none is named", async (_sort, args, policyName) => {
    const registrations = await registrationsOf(() => {
      const backups = new BackupVault("backups", { resourceGroupName: "estate" });
      new BlobBackup("files", { storageAccountId, vault: backups, ...args });
    });
    expect(registrations.get("files-instance")?.inputs.policyId).toBe(
      registrations.get(policyName)?.inputs.resourceId,
    );
  });

  it.each<[what: string, args: object, message: RegExp]>([
    [
      "a policy for disks",
      { policy: diskPolicies.daily },
      /policy: is a policy for disks; give one for blobs$/,
    ],
    [
      "an operational policy for containers",
      { policy: blobPolicies.operational, containers: ["invoices"] },
      /policy: has no backup to the vault, which is declared here/,
    ],
    [
      "a vaulted policy without containers",
      { policy: blobPolicies.vaulted },
      /policy: has no operational backup/,
    ],
    ["no account", { storageAccountId: undefined }, /storageAccountId: is missing/],
    ["a misspelt property", { container: ["invoices"] }, /container: a backup of blobs has no such property/],
  ])("refuses %s before anything is registered", async (_what, args, message) => {
    await expect(registrationsOfBlob(args as Partial<BlobBackupArgs>)).rejects.toThrow(message);
  });
});
