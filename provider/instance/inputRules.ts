import type { Untrusted } from "../azure/json";
import { isObject } from "../azure/json";
import { parseResourceId, resourceGroupType } from "../azure/resourceId";
import type { Datasource } from "../dataProtection/datasource";
import type { DatasourceKind } from "../dataProtection/datasourceKinds";
import { datasourceKindNames } from "../dataProtection/datasourceKinds";
import type { InputProblem } from "../dataProtection/inputProblem";
import { parseDuration } from "../lifecycle/timeouts";
import { isUnknown, unknownValue } from "../lifecycle/unknownValues";
import { nameProblem } from "./instanceName";

const vaultType = "Microsoft.DataProtection/backupVaults";
const policyType = `${vaultType}/backupPolicies`;
const identityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

/**
 * All that is wrong with the inputs, each with the property and what would be right. Values that are not known yet are
 * never judged.
 *
 * @param kind - The kind of the datasource; `undefined` when its name is none, or not known yet.
 */
export function inputProblems(
  inputs: Untrusted,
  kind: DatasourceKind<Datasource> | undefined,
): InputProblem[] {
  return [
    ...resourceIdProblems("vaultId", inputs.vaultId, vaultType),
    ...resourceIdProblems("policyId", inputs.policyId, policyType),
    ...policyVaultProblems(inputs),
    ...identityProblems(inputs),
    ...datasourceProblems(inputs.datasource, kind),
    ...textProblems(inputs),
    ...timeoutProblems(inputs.timeouts),
    ...optionProblems(inputs),
  ];
}

function resourceIdProblems(property: string, value: unknown, type: string): InputProblem[] {
  if (isUnknown(value)) {
    return [];
  }
  const example =
    type === resourceGroupType
      ? "/subscriptions/<subscription>/resourceGroups/<name>"
      : `/subscriptions/<subscription>/resourceGroups/<group>/providers/${exampleOf(type)}`;
  const expected = `give the ARM id of a ${type === resourceGroupType ? type : `${type} resource`}, as in ${example}`;
  if (typeof value !== "string" || value === "") {
    return [
      {
        property,
        reason: `${value === undefined || value === "" ? "is missing" : "is not a text"}; ${expected}`,
      },
    ];
  }
  const resourceId = parseResourceId(value);
  if (resourceId === undefined) {
    return [{ property, reason: `"${value}" is not an ARM id; ${expected}` }];
  }
  const actual = resourceId.type ?? resourceGroupType;
  return actual.toLowerCase() === type.toLowerCase()
    ? []
    : [{ property, reason: `"${value}" is the id of a ${actual}; ${expected}` }];
}

function exampleOf(type: string): string {
  const [namespace, ...types] = type.split("/");
  return [namespace, ...types.flatMap((segment) => [segment, "<name>"])].join("/");
}

/** A policy belongs to one vault, and only instances of that vault can bind to it. Judged when both are what they should be. */
function policyVaultProblems({ vaultId, policyId }: Untrusted): InputProblem[] {
  if (typeOf(vaultId) !== vaultType.toLowerCase() || typeOf(policyId) !== policyType.toLowerCase()) {
    return [];
  }
  const isOfVault = String(policyId)
    .toLowerCase()
    .startsWith(`${String(vaultId).toLowerCase()}/`);
  const reason = `"${String(policyId)}" is a policy of another vault than "${String(vaultId)}"; give a policy of this vault`;
  return isOfVault ? [] : [{ property: "policyId", reason }];
}

function identityProblems({ userAssignedIdentityId: id, datasource }: Untrusted): InputProblem[] {
  const property = "userAssignedIdentityId";
  if (id === undefined) {
    return [];
  }
  const problems = resourceIdProblems(property, id, identityType);
  const isVaulted =
    isObject(datasource) &&
    (datasource.kind === "adls" || (datasource.kind === "blob" && !isOperationalBlob(datasource)));
  // Microsoft's documentation of vaulted backup for blobs; for operational backup and disks any identity does.
  const reason = "blobs are copied to the vault by its own (system-assigned) identity only; leave this out";
  return problems.length === 0 && isVaulted && !isUnknown([id, datasource])
    ? [{ property, reason }]
    : problems;
}

function typeOf(id: unknown): string | undefined {
  return typeof id === "string" ? parseResourceId(id)?.type?.toLowerCase() : undefined;
}

function datasourceProblems(
  datasource: unknown,
  kind: DatasourceKind<Datasource> | undefined,
): InputProblem[] {
  if (datasource === unknownValue || (isObject(datasource) && datasource.kind === unknownValue)) {
    return [];
  }
  const kinds = datasourceKindNames.map((name) => `"${name}"`).join(" or ");
  if (!isObject(datasource)) {
    return [{ property: "datasource", reason: `is missing; give an object whose kind is ${kinds}` }];
  }
  if (kind === undefined) {
    const reason = `${JSON.stringify(datasource.kind) ?? "nothing"} is no kind of datasource; give ${kinds}`;
    return [{ property: "datasource.kind", reason }];
  }
  const problems = Object.entries(kind.resourceIdTypes).flatMap(([property, type]) =>
    resourceIdProblems(`datasource.${property}`, datasource[property], type),
  );
  problems.push(...unknownPropertyProblems(datasource, kind), ...listProblems(datasource));
  // The rules of a kind take values for granted that are there and known.
  return problems.length > 0 || isUnknown(datasource)
    ? problems
    : kind.problems(datasource as unknown as Datasource);
}

function unknownPropertyProblems(datasource: Untrusted, kind: DatasourceKind<Datasource>): InputProblem[] {
  return Object.keys(datasource)
    .filter((property) => property !== "kind" && !kind.properties.includes(property))
    .map((property) => ({
      property: `datasource.${property}`,
      reason: `a datasource of this kind has no such property; it has ${kind.properties.join(", ")}`,
    }));
}

function listProblems({ containers, autoProtection, location }: Untrusted): InputProblem[] {
  const problems = autoProtectionProblems(autoProtection);
  const isList = Array.isArray(containers) && containers.every((name) => typeof name === "string");
  if (containers !== undefined && containers !== unknownValue && !isList) {
    problems.push({
      property: "datasource.containers",
      reason: "is not a list of texts; give the names of containers",
    });
  }
  if (location !== undefined && (typeof location !== "string" || location === "")) {
    problems.push({
      property: "datasource.location",
      reason: 'is not a text; give a region, as in "westeurope"',
    });
  }
  return problems;
}

function autoProtectionProblems(autoProtection: unknown): InputProblem[] {
  if (autoProtection === undefined || isUnknown(autoProtection)) {
    return [];
  }
  const property = "datasource.autoProtection";
  const { excludedPrefixes, ...others } = isObject(autoProtection) ? autoProtection : { autoProtection };
  const isList =
    excludedPrefixes === undefined ||
    (Array.isArray(excludedPrefixes) && excludedPrefixes.every((prefix) => typeof prefix === "string"));
  const reason =
    'give {} for all containers, or the ones that are left out, as in { excludedPrefixes: ["temp-"] }';
  return isList && Object.keys(others).length === 0 ? [] : [{ property, reason }];
}

function textProblems({ name, friendlyName, takeOverFrom }: Untrusted): InputProblem[] {
  const problems: InputProblem[] = [];
  if (name !== undefined && !isUnknown(name)) {
    const reason =
      typeof name === "string" ? nameProblem(name) : "is not a text; give the name of the instance";
    if (reason !== undefined) {
      problems.push({ property: "name", reason });
    }
  }
  if (
    takeOverFrom !== undefined &&
    !isUnknown(takeOverFrom) &&
    !/^[^/]+\/[^/]+$/.test(textOf(takeOverFrom))
  ) {
    problems.push({ property: "takeOverFrom", reason: 'is no stack; give one as in "project/stack"' });
  }
  if (friendlyName !== undefined && (typeof friendlyName !== "string" || friendlyName.trim() === "")) {
    problems.push({
      property: "friendlyName",
      reason: "is empty or not a text; give a text, or leave it out",
    });
  }
  return problems;
}

const choices = {
  onDelete: ["delete", "stopProtection", "suspendBackups", "retain"],
  onFailure: ["fail", "report"],
};

function optionProblems({ datasource, ...inputs }: Untrusted): InputProblem[] {
  const problems: InputProblem[] = [];
  for (const [property, allowed] of Object.entries(choices)) {
    const value = inputs[property];
    if (value !== undefined && !isUnknown(value) && !allowed.some((name) => name === value)) {
      const names = allowed.map((name) => `"${name}"`).join(", ");
      problems.push({ property, reason: `${JSON.stringify(value)} is none of ${names}` });
    }
  }
  const { onDelete } = inputs;
  if (onDelete === "stopProtection" && isObject(datasource) && isOperationalBlob(datasource)) {
    const reason = 'operational backup of blobs cannot be stopped; give "delete" or "retain"';
    problems.push({ property: "onDelete", reason });
  }
  for (const property of ["recoverSoftDeleted", "healDrift", "validateOnPreview"]) {
    const value = inputs[property];
    if (value !== undefined && typeof value !== "boolean" && !isUnknown(value)) {
      problems.push({ property, reason: "is neither true nor false" });
    }
  }
  return problems;
}

/** The service refuses to stop it: UserErrorStopProtectionNotSupportedForBlobOperationalBackup. */
function isOperationalBlob({ kind, containers, autoProtection }: Untrusted): boolean {
  return kind === "blob" && containers === undefined && autoProtection === undefined;
}

const timeoutNames = ["create", "update", "delete"];

function timeoutProblems(timeouts: unknown): InputProblem[] {
  if (timeouts === undefined || timeouts === unknownValue) {
    return [];
  }
  if (!isObject(timeouts)) {
    return [{ property: "timeouts", reason: 'is not an object; give durations, as in { create: "45m" }' }];
  }
  return Object.entries(timeouts).flatMap(([name, value]) => {
    const property = `timeouts.${name}`;
    if (!timeoutNames.includes(name)) {
      return [{ property, reason: `there is no such timeout; there are ${timeoutNames.join(", ")}` }];
    }
    const isGood = isUnknown(value) || (typeof value === "string" && parseDuration(value) !== undefined);
    const reason = `${JSON.stringify(value)} is no duration; give one as in "45m", "90s" or "1h30m"`;
    return isGood ? [] : [{ property, reason }];
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
