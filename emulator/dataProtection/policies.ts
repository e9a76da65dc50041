import { isDeepStrictEqual } from "node:util";
import { property, requireObject, textProperty } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { sameId } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { BackupPolicy } from "../records/vault";
import { dataProtectionContentType } from "./contentType";
import { inOrderOfService } from "./policyOrder";
import { checkPolicyRules } from "./policyRules";
import { shown } from "./shownAs";
import { invalidInput, refusal, resourceDoesNotExist, userError } from "./userErrors";
import { vaultOf } from "./vaults";

const idFrom = (cloud: Cloud, call: Call): string =>
  `${vaultOf(cloud, call).id}/backupPolicies/${call.parameters["name"]}`;

/**
 * A policy is never changed: the same again is accepted (Azure Verified Modules deploys its policies twice in a row), and
 * anything else refused as in azure-docs issue 78532, whether or not the policy is in use.
 */
export function putPolicy(cloud: Cloud, call: Call): Answer {
  const id = idFrom(cloud, call);
  const existing = cloud.policies.get(id);
  const properties = readProperties(property(requireObject(call.body), "properties"));
  if (existing && !isDeepStrictEqual(existing.properties, properties)) {
    const message = "Update of existing policy is not supported.";
    throw refusal(userError("UserErrorBMSUpdatePolicyNotSupported", message, "Please create a new policy."));
  }
  const name = call.parameters["name"]!;
  if (!/^[-a-zA-Z0-9]{3,150}$/.test(name)) {
    throw invalidInput("The name of a backup policy must have 3 to 150 letters, digits and hyphens.");
  }
  const policy: BackupPolicy = existing ?? {
    properties,
    id,
    name,
    type: "Microsoft.DataProtection/backupVaults/backupPolicies",
  };
  cloud.policies.put(policy);
  return answer(200, render(policy), dataProtectionContentType(call));
}

function readProperties(properties: unknown): BackupPolicy["properties"] {
  const objectType = textProperty(properties, "objectType");
  const datasourceTypes = property(properties, "datasourceTypes");
  const policyRules = property(properties, "policyRules");
  if (objectType !== "BackupPolicy") {
    throw invalidInput("objectType of a backup policy must be 'BackupPolicy'.");
  }
  if (!Array.isArray(datasourceTypes) || !datasourceTypes.some((type) => typeof type === "string")) {
    throw invalidInput("datasourceTypes is required.");
  }
  if (!Array.isArray(policyRules) || policyRules.length === 0 || !policyRules.every(isNamedRule)) {
    throw invalidInput("policyRules is required, and each rule needs an objectType and a name.");
  }
  checkPolicyRules(String(datasourceTypes[0]), policyRules);
  return {
    policyRules: inOrderOfService((policyRules as JsonObject[]).map(withTagIds)),
    datasourceTypes: datasourceTypes as string[],
    objectType,
  };
}

function isNamedRule(rule: unknown): boolean {
  return textProperty(rule, "objectType") !== undefined && textProperty(rule, "name") !== undefined;
}

/** Tags that come without an id are given one (the Azure CLI's backup_policy_manual). */
function withTagIds(rule: JsonObject): JsonObject {
  const { trigger } = rule as { trigger?: JsonObject & { taggingCriteria?: unknown } };
  if (!Array.isArray(trigger?.taggingCriteria)) {
    return rule;
  }
  const taggingCriteria = trigger.taggingCriteria.map((criterion: JsonObject) => {
    const { tagInfo } = criterion as { tagInfo?: { tagName?: string; id?: string } };
    return { ...criterion, tagInfo: { ...tagInfo, id: tagInfo?.id ?? `${tagInfo?.tagName}_` } };
  });
  return { ...rule, trigger: { ...trigger, taggingCriteria } };
}

export function getPolicy(cloud: Cloud, call: Call): Answer {
  const policy = cloud.policies.get(idFrom(cloud, call));
  if (!policy) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  return answer(200, render(policy), dataProtectionContentType(call));
}

function render({ shownAs, ...policy }: BackupPolicy): JsonObject {
  return { ...policy, properties: shown({ ...(shownAs ? { shownAs } : {}) }, policy.properties) };
}

export function listPolicies(cloud: Cloud, call: Call): Answer {
  const value = cloud.policies.below(vaultOf(cloud, call).id).map(render);
  return answer(200, { value }, dataProtectionContentType(call));
}

/** Refused while an instance, soft-deleted ones included, refers to the policy. */
export function deletePolicy(cloud: Cloud, call: Call): Answer {
  const policy = cloud.policies.get(idFrom(cloud, call));
  if (!policy) {
    return answer(204);
  }
  const user = [...cloud.instances.all(), ...cloud.deletedInstances.all()].find(({ spec }) =>
    sameId(spec.policyInfo.policyId, policy.id),
  );
  if (user) {
    const message = `Backup policy ${policy.name} is in use by the backup instance ${user.name}.`;
    const action = "Remove the associations of the policy with backup instances and retry the operation.";
    throw refusal(userError("UserErrorDppPolicyObjectInUse", message, action));
  }
  cloud.policies.delete(policy.id);
  return answer(200);
}

/** Whether backups under the policy go to the vault, and not only stay with the datasource. */
export function usesVaultStore(policy: BackupPolicy | undefined): boolean {
  return keepsInStore(policy, "VaultStore");
}

/** Whether backups under the policy are kept in the store. */
export function keepsInStore(
  policy: BackupPolicy | undefined,
  store: "OperationalStore" | "VaultStore",
): boolean {
  return policy?.properties.policyRules.some((rule) => storesOf(rule).includes(store)) ?? false;
}

function storesOf(rule: JsonObject): (string | undefined)[] {
  const lifecycles = property(rule, "lifecycles");
  const stores = [
    property(rule, "dataStore"),
    ...(Array.isArray(lifecycles)
      ? lifecycles.map((lifecycle) => property(lifecycle, "sourceDataStore"))
      : []),
  ];
  return stores.map((store) => textProperty(store, "dataStoreType"));
}
