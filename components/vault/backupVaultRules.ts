import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import type { Untrusted } from "../../provider/azure/json";
import { isObject } from "../../provider/azure/json";
import { resourceGroupNameRule, vaultNameRule } from "../../provider/dataProtection/resourceNames";
import { idProblems, switchProblems, unknownProperties } from "../argumentProblems";
import type { BackupVaultArgs } from "./backupVaultArgs";
import { isPolicy } from "../policies/policyDocument";
import { policyNameProblem } from "../policies/policyName";

/**
 * All that is wrong with the arguments of a vault and can be known in the program. Outputs are not judged.
 *
 * @param name - The component's name, which the vault's is made of where none is given.
 */
export function backupVaultProblems(name: string, args: BackupVaultArgs): InputProblem[] {
  return [
    ...unknownProperties("a vault", properties, args),
    ...nameProblems(name, args),
    ...identityProblems({ ...args }),
    ...redundancyProblems(args),
    ...softDeleteProblems(asObject(args.softDelete)),
    ...immutabilityProblems(asObject(args.immutability)),
    ...encryptionProblems(args),
    ...switchProblems("alertsForFailedJobs", args.alertsForFailedJobs),
    ...idProblems("resourceGuardId", args.resourceGuardId, "Microsoft.DataProtection/resourceGuards"),
    ...policyProblems({ ...args }),
  ];
}

const properties = [
  "resourceGroupName",
  "vaultName",
  "location",
  "identity",
  "redundancy",
  "crossRegionRestore",
  "softDelete",
  "immutability",
  "encryption",
  "alertsForFailedJobs",
  "resourceGuardId",
  "tags",
  "policies",
] satisfies (keyof BackupVaultArgs)[];

function nameProblems(name: string, { resourceGroupName, vaultName }: BackupVaultArgs): InputProblem[] {
  const problems: InputProblem[] = [];
  if (resourceGroupName === "") {
    const reason = "is empty; give the name of a resource group, or leave it out";
    problems.push({ property: "resourceGroupName", reason });
  } else if (
    typeof resourceGroupName === "string" &&
    !resourceGroupNameRule.pattern.test(resourceGroupName)
  ) {
    const reason = `"${resourceGroupName}" is no name of a resource group, which has ${resourceGroupNameRule.inWords}`;
    problems.push({ property: "resourceGroupName", reason });
  }
  const rule = "letters, digits and hyphens, starts with a letter and ends with a letter or digit";
  if (vaultName === undefined) {
    if (!/^[A-Za-z][-A-Za-z0-9]*$/.test(name)) {
      const reason = `none can be made of "${name}": a vault's name has ${rule}; give one, or a component name of such characters`;
      problems.push({ property: "vaultName", reason });
    }
  } else if (typeof vaultName === "string" && !vaultNameRule.pattern.test(vaultName)) {
    const reason = `"${vaultName}" is no name of a vault, which has ${vaultNameRule.inWords}`;
    problems.push({ property: "vaultName", reason });
  }
  return problems;
}

function identityProblems({ identity = {} }: Untrusted): InputProblem[] {
  if (!isObject(identity)) {
    const reason = "is not an object; give one as in { userAssignedIdentityIds: [...] }, or leave it out";
    return [{ property: "identity", reason }];
  }
  const { systemAssigned, userAssignedIdentityIds: ids = [] } = identity;
  const known = ["systemAssigned", "userAssignedIdentityIds"];
  const problems = [
    ...unknownProperties("an identity", known, identity, "identity."),
    ...switchProblems("identity.systemAssigned", systemAssigned),
  ];
  const property = "identity.userAssignedIdentityIds";
  if (!Array.isArray(ids)) {
    return [...problems, { property, reason: "is not a list of ARM ids" }];
  }
  if (systemAssigned === false && ids.length === 0) {
    const reason =
      "a vault without an identity cannot protect anything; leave systemAssigned out, or give userAssignedIdentityIds";
    problems.push({ property: "identity", reason });
  }
  const type = "Microsoft.ManagedIdentity/userAssignedIdentities";
  return [...problems, ...ids.flatMap((id, index) => idProblems(`${property}[${index}]`, id, type))];
}

function redundancyProblems({
  redundancy = "GeoRedundant",
  crossRegionRestore,
}: BackupVaultArgs): InputProblem[] {
  const known = ["LocallyRedundant", "ZoneRedundant", "GeoRedundant"];
  if (!known.includes(redundancy)) {
    return [{ property: "redundancy", reason: noneOf(redundancy, known) }];
  }
  const property = "crossRegionRestore";
  const reason = `only geo-redundant data is in the paired region too; give redundancy: "GeoRedundant" instead of "${redundancy}", or leave it out`;
  return crossRegionRestore === true && redundancy !== "GeoRedundant"
    ? [{ property, reason }]
    : switchProblems(property, crossRegionRestore);
}

function softDeleteProblems(softDelete: Untrusted = { state: "on" }): InputProblem[] {
  const { state, retentionInDays, acknowledge } = softDelete;
  const known = ["on", "alwaysOn", "off"];
  if (!known.includes(String(state))) {
    return [{ property: "softDelete.state", reason: noneOf(state, known) }];
  }
  const properties = ["state", "retentionInDays", "acknowledge"];
  const problems = unknownProperties("soft delete", properties, softDelete, "softDelete.");
  if (state === "off") {
    const consequence = "without soft delete nobody can have a deleted backup back";
    problems.push(...acknowledgementProblems("softDelete", acknowledge, lossAcknowledgement, consequence));
  }
  if (state === "alwaysOn") {
    const consequence = "soft delete that is always on stays on for as long as the vault exists";
    problems.push(...acknowledgementProblems("softDelete", acknowledge, finalAcknowledgement, consequence));
  }
  if (retentionInDays !== undefined && (state === "off" || !isRetention(retentionInDays))) {
    const reason =
      state === "off"
        ? "nothing is retained while soft delete is off; leave it out"
        : `${JSON.stringify(retentionInDays)} is no number of days from 14 to 180`;
    problems.push({ property: "softDelete.retentionInDays", reason });
  }
  return problems;
}

function isRetention(days: unknown): boolean {
  return Number.isInteger(days) && Number(days) >= 14 && Number(days) <= 180;
}

function immutabilityProblems(immutability: Untrusted = { state: "off" }): InputProblem[] {
  const { state, acknowledge } = immutability;
  const known = ["off", "unlocked", "locked"];
  if (!known.includes(String(state))) {
    return [{ property: "immutability.state", reason: noneOf(state, known) }];
  }
  const consequence = "a locked vault keeps every recovery point until its time, and can never be unlocked";
  return [
    ...unknownProperties("immutability", ["state", "acknowledge"], immutability, "immutability."),
    ...(state === "locked"
      ? acknowledgementProblems("immutability", acknowledge, finalAcknowledgement, consequence)
      : []),
  ];
}

const finalAcknowledgement = "this cannot be undone";
const lossAcknowledgement = "deleted backups are lost";

function acknowledgementProblems(
  property: string,
  given: unknown,
  wanted: string,
  consequence: string,
): InputProblem[] {
  const reason = `${consequence}; if that is meant, declare acknowledge: "${wanted}"`;
  return given === wanted ? [] : [{ property: `${property}.acknowledge`, reason }];
}

function encryptionProblems({ encryption, identity }: BackupVaultArgs): InputProblem[] {
  if (encryption === undefined) {
    return [];
  }
  if (!isObject(encryption)) {
    return [{ property: "encryption", reason: "is not an object; give one as in { keyUri }" }];
  }
  const { keyUri, userAssignedIdentityId: readerId, infrastructureEncryption } = encryption;
  const known = ["keyUri", "userAssignedIdentityId", "infrastructureEncryption"];
  const problems = [
    ...unknownProperties("encryption", known, encryption, "encryption."),
    ...switchProblems("encryption.infrastructureEncryption", infrastructureEncryption),
  ];
  if (!keyUri || (typeof keyUri === "string" && !/^https:\/\/[^/]+\/keys\/[^/]+/.test(keyUri))) {
    const reason =
      "is not the URL of a key; give one as in https://<vault>.vault.azure.net/keys/<key>/<version>";
    problems.push({ property: "encryption.keyUri", reason });
  }
  const ids = identity?.userAssignedIdentityIds ?? [];
  if (readerId === undefined && identity?.systemAssigned === false) {
    const reason = "the vault has no identity of its own that could read the key; give one of identity's";
    problems.push({ property: "encryption.userAssignedIdentityId", reason });
  }
  const areKnown = [readerId, ...ids].every((id) => typeof id === "string");
  if (readerId !== undefined && (ids.length === 0 || (areKnown && !ids.includes(readerId)))) {
    const reason = "the vault does not have this identity; give it to identity.userAssignedIdentityIds, too";
    problems.push({ property: "encryption.userAssignedIdentityId", reason });
  }
  return problems;
}

function policyProblems({ policies = {} }: Untrusted): InputProblem[] {
  if (!isObject(policies)) {
    return [{ property: "policies", reason: "is not an object; give policies by their names" }];
  }
  return Object.entries<unknown>(policies).flatMap(([name, policy]) => {
    const isNone = "is no policy; give one that diskPolicy, blobPolicy or dataLakePolicy made, or a preset";
    const reason = policyNameProblem(name) ?? (isPolicy(policy) ? undefined : isNone);
    return reason === undefined ? [] : [{ property: `policies["${name}"]`, reason }];
  });
}

function noneOf(value: unknown, known: string[]): string {
  return `${JSON.stringify(value) ?? "nothing"} is none of ${known.map((name) => `"${name}"`).join(", ")}`;
}

function asObject(value: unknown): Untrusted | undefined {
  return value === undefined ? undefined : { ...(value as Untrusted) };
}
