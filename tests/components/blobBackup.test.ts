import type { BlobBackupArgs } from "../../components";
import { BlobBackup } from "../../components";
import { accountIdOf, policyIds, vault } from "./declared";
import type { Registration } from "./recordingMonitor";
import { inputsOf, registrationsOf } from "./recordingMonitor";

const storageAccountId = accountIdOf("files");

async function registrationsOfBlob(args: Partial<BlobBackupArgs> = {}): Promise<Map<string, Registration>> {
  const policy = policyIds.blob;
  return registrationsOf(() => void new BlobBackup("files", { storageAccountId, vault, policy, ...args }));
}

describe("BlobBackup", () => {
  it("creates the instance after the role", async () => {
    const { dependencies } = (await registrationsOfBlob()).get("files-instance")!;
    expect(dependencies).toContain("files-account-contributor");
  });

  it("gives the vault's identity the role of the facts", async () => {
    const { properties } = inputsOf(await registrationsOfBlob(), "files-account-contributor");
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
    expect(inputsOf(await registrationsOfBlob(args), "files-instance").datasource).toEqual(datasource);
  });

  it("passes name, friendly name and timeouts on", async () => {
    const args = { name: "mine", friendlyName: "Mine", timeouts: { create: "1h" } };
    expect(inputsOf(await registrationsOfBlob(args), "files-instance")).toMatchObject(args);
  });

  it("assigns no role where it exists", async () => {
    const registrations = await registrationsOfBlob({ roles: "existing" });
    expect([...registrations.keys()]).toEqual(["files", "files-instance"]);
  });
});
