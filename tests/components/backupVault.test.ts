import { BackupVault, diskPolicies, diskPolicy } from "../../components";
import { declaredVault, groupId, guardId, identityId, ours } from "./declared";
import { inputsOf, principalId, registrationsOf, userAssignedPrincipalId } from "./recordingMonitor";

const { daily } = diskPolicies;

describe("BackupVault", () => {
  it("declares its guard and its policies in the vault, deleted with it", async () => {
    const registrations = await declaredVault({ resourceGuardId: guardId, policies: { daily } });
    const vaultId = String(registrations.get("backups-vault")?.inputs.resourceId);
    const proxy = registrations.get("backups-resource-guard-proxy");
    expect(proxy?.inputs.resourceId).toBe(`${vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`);
    expect(proxy?.inputs.properties).toEqual({ resourceGuardResourceId: guardId });
    const policy = registrations.get("backups-daily");
    expect(policy?.inputs.resourceId).toMatch(new RegExp(`^${vaultId}/backupPolicies/daily-[0-9a-f]{8}$`));
    expect(policy?.inputs.properties).toEqual(daily.properties);
    expect([proxy?.deletedWith, policy?.deletedWith]).toEqual(["backups-vault", "backups-vault"]);
    expect(policy?.dependencies).toContain("backups-vault");
  });

  it("gives a policy that is changed another name in the vault, as the service never changes one", async () => {
    const idOf = async (keep: "30 days" | "31 days"): Promise<unknown> => {
      const policies = { daily: diskPolicy({ every: "1 day", keep }) };
      return (await declaredVault({ policies })).get("backups-daily")?.inputs.resourceId;
    };
    const same = (await declaredVault({ policies: { daily } })).get("backups-daily")?.inputs;
    expect(await idOf("30 days")).toEqual(same?.resourceId);
    expect(await idOf("31 days")).not.toEqual(same?.resourceId);
  });

  it("has a name that is the same on every run", async () => {
    const idOf = async (): Promise<unknown> => inputsOf(await declaredVault(), "backups-vault").resourceId;
    expect(await idOf()).toMatch(
      new RegExp(`^${groupId}/providers/Microsoft.DataProtection/backupVaults/backups-[0-9a-f]{8}$`),
    );
    expect(await idOf()).toBe(await idOf());
  });

  it("gets a resource group of its own where none is named", async () => {
    const registrations = await registrationsOf(
      () => void new BackupVault("backups", { location: "westeurope", tags: { owner: "platform" } }),
    );
    const created = registrations.get("backups-group");
    expect(created).toMatchObject({ type: `${ours}:ResourceGroup`, parent: "backups" });
    expect(created?.inputs).toMatchObject({ location: "westeurope", tags: { owner: "platform" } });
    const vault = registrations.get("backups-vault");
    expect(vault?.inputs.resourceId).toContain(`${String(created?.inputs.resourceId)}/providers/`);
    expect(vault?.dependencies).toContain("backups-group");
    expect(created?.inputs.neededBy).toEqual({ vaultId: vault?.inputs.resourceId, hasDefaultName: true });
  });

  it("has a policy for each way of protecting something where none are declared", async () => {
    const names = [...(await declaredVault()).keys()];
    for (const name of ["disks", "blobs", "vaultedBlobs", "dataLakes"]) {
      expect(names).toContain(`backups-${name}`);
    }
  });

  it("knows its id and those of its policies in previews", async () => {
    const known: string[] = [];
    await registrationsOf(
      () => {
        const vault = new BackupVault("backups", { resourceGroupName: "estate", policies: { daily } });
        [vault.id, vault.policyIds.daily].forEach((id) => id.apply((value) => known.push(value)));
      },
      { isPreview: true },
    );
    expect(known).toEqual([
      expect.stringContaining("/backupVaults/backups-"),
      expect.stringContaining("/daily-"),
    ]);
  });

  it.each<[what: string, args: object, identity: string]>([
    ["its own identity", {}, principalId],
    [
      "its user-assigned identity where it has no other",
      { identity: { systemAssigned: false, userAssignedIdentityIds: [identityId.toUpperCase()] } },
      userAssignedPrincipalId,
    ],
  ])("shows its id, those of its policies, and the principal of %s", async (_what, args, expected) => {
    const shown: Record<string, string> = {};
    const registrations = await registrationsOf(() => {
      const vault = new BackupVault("backups", { resourceGroupName: "estate", policies: { daily }, ...args });
      vault.id.apply((id) => (shown.id = id));
      vault.policyIds.daily.apply((id) => (shown.daily = id));
      vault.principalId.apply((id) => (shown.principalId = id));
    });
    expect(shown).toEqual({
      id: registrations.get("backups-vault")?.inputs.resourceId,
      daily: registrations.get("backups-daily")?.inputs.resourceId,
      principalId: expected,
    });
  });
});
