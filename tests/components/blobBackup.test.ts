import type { BlobBackupArgs } from "../../components";
import { BlobBackup } from "../../components";
import type { Registration } from "./recordingMonitor";
import { registrationsOf } from "./recordingMonitor";

const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/estate";
const storageAccountId = `${group}/providers/Microsoft.Storage/storageAccounts/files`;
const vault = {
  id: `${group}/providers/Microsoft.DataProtection/backupVaults/vault`,
  principalId: "99999999-9999-4999-8999-999999999999",
  location: "westeurope",
};
const policyId = `${vault.id}/backupPolicies/daily`;

async function registrationsOfBlob(args: Partial<BlobBackupArgs> = {}): Promise<Map<string, Registration>> {
  return registrationsOf(() => void new BlobBackup("files", { storageAccountId, vault, policyId, ...args }));
}

describe("BlobBackup", () => {
  it("declares a role assignment on the account and then the instance, named after it", async () => {
    const registrations = await registrationsOfBlob();
    expect([...registrations.values()].map(({ name, type, parent }) => [name, type, parent])).toEqual([
      ["files", "azure-dataprotection:index:BlobBackup", ""],
      ["files-account-contributor", "azure-native:authorization:RoleAssignment", "files"],
      ["files-instance", "pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance", "files"],
    ]);
    expect(registrations.get("files-instance")?.dependencies).toContain("files-account-contributor");
  });

  it("gives the vault's identity the role of the facts", async () => {
    expect((await registrationsOfBlob()).get("files-account-contributor")?.inputs).toMatchObject({
      scope: storageAccountId,
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
});
