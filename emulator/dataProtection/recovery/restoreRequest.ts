import { isObject, property, textProperty } from "../../arm/requestBody";
import type { JsonObject } from "../../arm/requestBody";
import { invalidInput } from "../userErrors";
import type { DataStore } from "./backupRules";

/** What a client asks to be restored, and where to. */
export interface RestoreRequest {
  store: DataStore;
  /** Of the recovery point; absent where a time is asked for. */
  pointName?: string;
  /** In milliseconds since the epoch; absent where a recovery point is asked for. */
  time?: number;
  targetId: string;
  location: string;
  /** The containers asked for; absent for all. */
  containers?: { name: string; renameTo: string }[];
  /** How many ranges of blob names are asked for; absent for all blobs. */
  rangeCount?: number;
  identityDetails?: JsonObject;
}

/** Reads an AzureBackupRestoreRequest, whatever the case of its names; throws for what is none. */
export function readRestoreRequest(body: unknown): RestoreRequest {
  const target = property(body, "restoreTargetInfo");
  const targetId = textProperty(property(target, "datasourceInfo"), "resourceID");
  const store = textProperty(body, "sourceDataStoreType");
  const identityDetails = property(body, "identityDetails");
  if (!isObject(target) || !targetId) {
    throw invalidInput("restoreTargetInfo.datasourceInfo.resourceID is required.");
  }
  if (store !== "OperationalStore" && store !== "VaultStore") {
    throw invalidInput(`The source data store '${store ?? ""}' is not supported.`);
  }
  if (textProperty(target, "recoveryOption") !== "FailIfExists") {
    throw invalidInput("recoveryOption must be 'FailIfExists'.");
  }
  return {
    store,
    ...readSource(body),
    targetId,
    location: textProperty(target, "restoreLocation") ?? "",
    ...readCriteria(target),
    ...(isObject(identityDetails) ? { identityDetails } : {}),
  };
}

function readSource(body: unknown): Pick<RestoreRequest, "pointName" | "time"> {
  const objectType = textProperty(body, "objectType") ?? "";
  switch (objectType) {
    case "AzureBackupRecoveryPointBasedRestoreRequest":
      return { pointName: textProperty(body, "recoveryPointId") ?? "" };
    case "AzureBackupRecoveryTimeBasedRestoreRequest":
      return { time: readTime(textProperty(body, "recoveryPointTime") ?? "") };
    default:
      throw invalidInput(`The objectType '${objectType}' of a restore request is not supported.`);
  }
}

/** As strict as the service is with one boundary of a range alone (restorable_time_range_find 10); assumed for restores. */
function readTime(time: string): number {
  const instant = Date.parse(time);
  if (!/\.\d{7}Z$/.test(time) || Number.isNaN(instant)) {
    throw invalidInput("recoveryPointTime must be written as 2026-01-31T00:00:00.0000000Z.");
  }
  return instant;
}

function readCriteria(target: JsonObject): Pick<RestoreRequest, "containers" | "rangeCount"> {
  if (textProperty(target, "objectType") !== "ItemLevelRestoreTargetInfo") {
    return {};
  }
  const criteria = property(target, "restoreCriteria");
  if (!Array.isArray(criteria) || criteria.length === 0) {
    throw invalidInput("restoreCriteria is required for a restore of items.");
  }
  const paths = criteria.filter((one) => textProperty(one, "objectType") === "ItemPathBasedRestoreCriteria");
  const ranges = criteria.filter(
    (one) => textProperty(one, "objectType") === "RangeBasedItemLevelRestoreCriteria",
  );
  if (paths.length === criteria.length) {
    return { containers: paths.map(readContainer) };
  }
  if (ranges.length === criteria.length) {
    return { rangeCount: ranges.length };
  }
  throw invalidInput("restoreCriteria must be of one kind, for paths or for ranges of names.");
}

function readContainer(criterion: unknown): { name: string; renameTo: string } {
  const name = textProperty(criterion, "itemPath") ?? "";
  return { name, renameTo: textProperty(criterion, "renameTo") || name };
}
