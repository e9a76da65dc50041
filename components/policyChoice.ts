import * as pulumi from "@pulumi/pulumi";
import { PrerequisiteResource } from "../provider/resources/prerequisiteResource";
import type { InputProblem } from "../provider/dataProtection/inputProblem";
import { BackupVault } from "./vault/backupVault";
import type { DataStoreType, Policy, PolicyKind } from "./policies/policyDocument";
import { isPolicy } from "./policies/policyDocument";
import { policyNameOf } from "./policies/policyName";
import type { ProtectionArgs } from "./protection";

/** What a policy must be for. */
export interface PolicyUse {
  kind: PolicyKind;
  /** A store that its backups must go to. */
  dataStore: DataStoreType;
}

const kindNames: Record<PolicyKind, string> = {
  disk: "disks",
  blob: "blobs",
  dataLake: "Data Lake accounts",
};
const storeNames: Record<DataStoreType, string> = {
  OperationalStore: "operational backup",
  VaultStore: "backup to the vault",
};

/** What is wrong with the choice of a policy, as far as the program can tell. */
export function policyProblems({ policy, vault }: ProtectionArgs, use: PolicyUse): InputProblem[] {
  const reason = isPolicy(policy) ? misuseOf(policy, use) : choiceProblem(policy, vault, use);
  return reason === undefined ? [] : [{ property: "policy", reason }];
}

function misuseOf(policy: Policy, { kind, dataStore }: PolicyUse): string | undefined {
  if (policy.kind !== kind) {
    return `is a policy for ${kindNames[policy.kind]}; give one for ${kindNames[kind]}`;
  }
  return policy.dataStores.includes(dataStore)
    ? undefined
    : `has no ${storeNames[dataStore]}, which is declared here (containers decide that); give one that has`;
}

function choiceProblem(
  policy: Exclude<ProtectionArgs["policy"], Policy>,
  vault: unknown,
  use: PolicyUse,
): string | undefined {
  const policies: Record<string, Policy> = vault instanceof BackupVault ? vault.policies : {};
  if (policy === undefined) {
    const fitting = fittingNames(policies, use);
    const names = fitting.map((name) => `"${name}"`).join(", ");
    return fitting.length === 1
      ? undefined
      : fitting.length === 0
        ? `is missing; give a policy for ${kindNames[use.kind]} with ${storeNames[use.dataStore]}, or its ARM id`
        : `is missing, and several of the vault's fit; give one of ${names}`;
  }
  if (typeof policy !== "string" || policy.startsWith("/")) {
    return undefined;
  }
  const chosen = Object.hasOwn(policies, policy) ? policies[policy] : undefined;
  if (chosen === undefined) {
    const names = Object.keys(policies).map((name) => `"${name}"`);
    const known =
      names.length === 0 ? "a policy, or its ARM id" : `one of ${names.join(", ")}, a policy, or its ARM id`;
    return `"${policy}" is no policy of this vault's declaration; give ${known}`;
  }
  return misuseOf(chosen, use);
}

function fittingNames(policies: Record<string, Policy>, { kind, dataStore }: PolicyUse): string[] {
  return Object.entries(policies)
    .filter(([, policy]) => policy.kind === kind && policy.dataStores.includes(dataStore))
    .map(([name]) => name);
}

/** The id of the chosen policy, which {@link policyProblems} found nothing wrong with; a value is created in the vault. */
export function choosePolicy(
  name: string,
  { policy, vault, onFailure }: ProtectionArgs,
  use: PolicyUse,
  parent: pulumi.Resource,
): { id: pulumi.Input<string>; created?: PrerequisiteResource } {
  if (isPolicy(policy)) {
    const created = createPolicy(name, policy, { vaultId: vault.id, onFailure }, parent);
    return { id: created.id, created };
  }
  if (vault instanceof BackupVault && (policy === undefined || isName(policy))) {
    const chosen = policy ?? fittingNames(vault.policies, use)[0] ?? "";
    return { id: (vault.policyIds as Record<string, pulumi.Output<string>>)[chosen] ?? chosen };
  }
  return { id: policy ?? "" };
}

function isName(policy: pulumi.Input<string>): policy is string {
  return typeof policy === "string" && !policy.startsWith("/");
}

/** The same policy has the same name wherever it is declared for a vault, so that many backups share one. */
function createPolicy(
  name: string,
  policy: Policy,
  { vaultId, onFailure }: { vaultId: pulumi.Input<string> } & Pick<ProtectionArgs, "onFailure">,
  parent: pulumi.Resource,
): PrerequisiteResource {
  const nameInVault = policyNameOf(policy.kind, policy);
  const args = {
    resourceId: pulumi.interpolate`${vaultId}/backupPolicies/${nameInVault}`,
    properties: policy.properties,
    neededBy: { vaultId },
    ...(onFailure === undefined ? {} : { onFailure }),
  };
  return new PrerequisiteResource("backupPolicy", `${name}-policy`, args, { parent });
}
