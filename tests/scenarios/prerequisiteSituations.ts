import { prerequisiteText } from "../../provider/resources/providerText";
import { diskBackupReader } from "../../provider/dataProtection/roles";
import { backupRule, policyDocument, retentionRule } from "../wire/policyDocuments";
import type { Site } from "./site";

type Properties = Record<string, unknown>;

const home = "westeurope";
export const claim = { "pulumi-stack": "shop/dev" };
export const vaultDefaults = {
  storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }],
  securitySettings: {
    softDeleteSettings: { state: "On", retentionDurationInDays: 14 },
    immutabilitySettings: { state: "Disabled" },
  },
  monitoringSettings: { azureMonitorAlertSettings: { alertsForAllJobFailures: "Enabled" } },
};

/** Ids of what the program's components make. */
export const ownVaultId = ({ estate, name }: Site): string =>
  `${estate.groupId}/providers/Microsoft.DataProtection/backupVaults/own-${name}`;
export const ownGroupId = ({ estate, name }: Site): string =>
  `${estate.groupId.replace(/[^/]+$/, "")}group-${name}`;
export const ownPolicyId = (site: Site): string => `${site.vaultId}/backupPolicies/nightly-3f0b50af`;
export const ownProxyId = (site: Site): string =>
  `${site.vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
export const ownAssignmentId = ({ accountId }: Site): string =>
  `${accountId}/providers/Microsoft.Authorization/roleAssignments/11111111-2222-4333-8444-555555555555`;

const ofSort = (sort: string, resourceId: string, more: object): Properties => ({
  __provider: prerequisiteText,
  sort,
  resourceId,
  ...more,
});

/** A vault as the component declares it: what the program says of it, and the defaults. */
export function vault(properties: object = {}, changes: object = {}): (site: Site) => Properties {
  return (site) =>
    ofSort("backupVault", ownVaultId(site), {
      location: home,
      identity: { type: "SystemAssigned" },
      tags: { owner: "platform" },
      properties,
      defaults: vaultDefaults,
      neededBy: { vaultId: ownVaultId(site) },
      ...changes,
    });
}

export const withSoftDelete = (retentionDurationInDays: number, state = "On"): object => ({
  securitySettings: {
    softDeleteSettings: { state, ...(state === "Off" ? {} : { retentionDurationInDays }) },
  },
});
export const otherTag = { tags: { owner: "storage" } };

/** The vault is there as it was made, and then somebody has changed it. */
export function madeThen({ properties, ...changes }: Properties = {}): (site: Site) => Promise<void> {
  return async (site) => {
    const whole = { ...vaultDefaults, ...(properties as object | undefined) };
    const identity = { type: "SystemAssigned" };
    const tags = { owner: "platform", ...claim };
    await site.put(ownVaultId(site), { location: home, identity, tags, properties: whole, ...changes });
  };
}

/** What a security team does at the portal to vaults that it finds. */
export const strengthened = madeThen({
  tags: { owner: "platform", audited: "2026", ...claim },
  properties: {
    securitySettings: {
      softDeleteSettings: { state: "On", retentionDurationInDays: 90 },
      immutabilitySettings: { state: "Unlocked" },
    },
  },
});

export function group(changes: object = {}): (site: Site) => Properties {
  return (site) =>
    ofSort("resourceGroup", ownGroupId(site), {
      location: home,
      tags: { owner: "platform" },
      neededBy: { vaultId: site.vaultId },
      ...changes,
    });
}

export function groupMadeThen(changes: object = {}): (site: Site) => Promise<void> {
  return async (site) => {
    const made = { location: home, tags: { owner: "platform", ...claim } };
    await site.estate.put(ownGroupId(site), "2024-03-01", { ...made, ...changes });
  };
}

const policyProperties = (duration: string): object =>
  policyDocument("Microsoft.Compute/disks", [
    backupRule("OperationalStore", "R/2026-01-01T02:00:00+00:00/P1D"),
    retentionRule("OperationalStore", duration),
  ]).properties;

export function policy(changes: object = {}): (site: Site) => Properties {
  return (site) =>
    ofSort("backupPolicy", ownPolicyId(site), {
      properties: policyProperties("P7D"),
      neededBy: { vaultId: site.vaultId },
      ...changes,
    });
}

export const policyKeeping =
  (duration: string) =>
  async (site: Site): Promise<void> =>
    void (await site.put(ownPolicyId(site), { properties: policyProperties(duration) }));

export function binding(
  guardId: (site: Site) => string = (site) => site.guardId,
): (site: Site) => Properties {
  return (site) =>
    ofSort("resourceGuardProxy", ownProxyId(site), {
      properties: { resourceGuardResourceId: guardId(site) },
    });
}

/** The grant of a role on the account to a principal that has none yet. */
export function grant(site: Site): Properties {
  const { groupId } = site.estate;
  const definitions = `${groupId.split("/resourceGroups")[0]}/providers/Microsoft.Authorization/roleDefinitions`;
  return ofSort("roleAssignment", ownAssignmentId(site), {
    properties: {
      roleDefinitionId: `${definitions}/${diskBackupReader.roleDefinitionGuid}`,
      principalId: "22222222-2222-4333-8444-555555555555",
      principalType: "ServicePrincipal",
    },
    neededBy: { vaultId: site.vaultId },
  });
}

/** The role is there as it was assigned. */
export async function granted(site: Site): Promise<void> {
  const { properties } = grant(site);
  await site.estate.put(ownAssignmentId(site), "2022-04-01", { properties });
}
