import { isObject } from "../arm/requestBody";

/** The names in a policy's rules in the order in which the service answers them, in any object (backup_policy_create_and_delete). */
const names: readonly string[] = [
  "backupParameters",
  "backupType",
  "trigger",
  "schedule",
  "repeatingTimeIntervals",
  "timeZone",
  "tagInfo",
  "tagName",
  "id",
  "taggingPriority",
  "taggingCriteria",
  "deleteAfter",
  "targetDataStoreCopySettings",
  "dataStore",
  "copyAfter",
  "sourceDataStore",
  "dataStoreType",
  "lifecycles",
  "isDefault",
  "criteria",
  "absoluteCriteria",
  "name",
  "objectType",
  "duration",
];

/** A value of a policy with the names in it, at any depth, in the service's order; names that it never showed come last. */
export function inOrderOfService<Value>(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(inOrderOfService) as Value;
  }
  if (!isObject(value)) {
    return value;
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, inOrderOfService(inner)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => rankOf(one) - rankOf(other))) as Value;
}

function rankOf(name: string): number {
  const rank = names.indexOf(name);
  return rank < 0 ? names.length : rank;
}
