import { text } from "../azure/json";
import { isSameResourceId, parseResourceId } from "../azure/resourceId";
import type { InputProblem } from "../dataProtection/inputProblem";
import type { NameRule } from "../dataProtection/resourceNames";
import {
  policyNameRule,
  resourceGroupNameRule,
  vaultNameRule,
  wrongIdIn,
} from "../dataProtection/resourceNames";
import { isUnknown } from "../lifecycle/unknownValues";
import type { PrerequisiteInputs } from "./inputs";
import { scopeOf } from "./kinds";

/**
 * All that is wrong with what a component makes of values that its program knows late, before any request. Values that are
 * not known yet are never judged, nor are names that Azure has accepted before.
 *
 * @param olds - What state holds, if it was ever accepted.
 */
export function inputProblems(
  inputs: PrerequisiteInputs,
  olds: Partial<PrerequisiteInputs> = {},
): InputProblem[] {
  const { sort, resourceId } = inputs;
  const isKept = olds.resourceId !== undefined && isSameResourceId(olds.resourceId, resourceId);
  return [
    ...(isUnknown(resourceId) || isKept ? [] : placeProblems(inputs)),
    ...(sort === "roleAssignment" ? principalProblems(inputs) : []),
  ];
}

function placeProblems({ sort, resourceId }: PrerequisiteInputs): InputProblem[] {
  if (sort === "roleAssignment") {
    const scope = scopeOf(resourceId);
    const reason = `"${scope}" is not the ARM id of a resource or a resource group, on which a role can be assigned`;
    return parseResourceId(scope) === undefined ? [{ property: "scope", reason }] : [];
  }
  return [
    ...subscriptionProblems(resourceId),
    ...namedParts.flatMap((part) => nameProblem(resourceId, part)),
  ];
}

function subscriptionProblems(resourceId: string): InputProblem[] {
  const [, subscriptionId = ""] = /^\/subscriptions\/(.*?)\/resourceGroups\//is.exec(resourceId) ?? [];
  const id = wrongIdIn(subscriptionId);
  const reason =
    id === undefined
      ? "is not known; set azure-native:subscriptionId in the stack's configuration"
      : `"${id}" is not an ARM id, so its subscription is not known; give the ARM id of a resource`;
  return id === undefined && subscriptionId !== "" ? [] : [{ property: "subscriptionId", reason }];
}

interface NamedPart {
  property: string;
  what: string;
  /** Finds the name in an id, also one with characters that break the id. */
  pattern: RegExp;
  rule: NameRule;
}

const namedParts: NamedPart[] = [
  {
    property: "resourceGroupName",
    what: "resource group",
    pattern: /^\/subscriptions\/.*?\/resourceGroups\/(.*?)(?:\/providers\/|$)/is,
    rule: resourceGroupNameRule,
  },
  {
    property: "vaultName",
    what: "vault",
    pattern: /\/backupVaults\/(.*?)(?:\/backupPolicies\/|\/backupResourceGuardProxies\/|$)/is,
    rule: vaultNameRule,
  },
  {
    property: "policyName",
    what: "policy",
    pattern: /\/backupPolicies\/(.*)$/is,
    rule: policyNameRule,
  },
];

function nameProblem(resourceId: string, { property, what, pattern, rule }: NamedPart): InputProblem[] {
  const name = pattern.exec(resourceId)?.[1];
  const reason =
    `"${name}" is no name of a ${what}, which has ${rule.inWords}; give another name, also to the component that a name is ` +
    "made of where none is given";
  return name === undefined || rule.pattern.test(name) ? [] : [{ property, reason }];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Azure would refuse a role for nobody, or take it for an identity that is still on its way through its directory. */
function principalProblems({ properties, neededBy }: PrerequisiteInputs): InputProblem[] {
  const principalId = properties?.principalId;
  if (isUnknown(properties) || uuid.test(text(principalId) ?? "")) {
    return [];
  }
  if (text(principalId) !== undefined) {
    const reason = `"${text(principalId)}" is no principal (object) id of an identity, which is a UUID`;
    return [{ property: "principalId", reason }];
  }
  const { vaultId = "of the program", userAssignedIdentityId } = neededBy ?? {};
  const [which, remedy] =
    userAssignedIdentityId === undefined
      ? ["its system-assigned one", 'declare the vault with identity: { type: "SystemAssigned" }']
      : [userAssignedIdentityId, "declare the vault with this user-assigned identity"];
  const isSeen = principalId !== undefined && principalId !== null;
  const reason = isSeen
    ? `Backup vault ${vaultId} does not have the identity that is to protect (${which}): ${remedy}`
    : `nothing is known of the identities of Backup vault ${vaultId}. If it has none (${which} is to protect), ${remedy}; if ` +
      "this update leaves the vault out (--target), name it as a target, too";
  return [
    { property: "principalId", reason: `${reason}; or give the principal id of the identity that protects` },
  ];
}
