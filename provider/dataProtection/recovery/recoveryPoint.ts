import { asArray, asRecord, text } from "../../azure/json";

/** What a backup left to restore from. */
export interface RecoveryPoint {
  /** As restores name it: 32 hexadecimal digits. */
  id: string;
  /** When the state that it holds was taken; ISO 8601 with seven digits of a second. */
  time: string;
  /** When the policy lets it go; `undefined` for the only point of an instance, which stays until another comes. */
  expiryTime: string | undefined;
  /** Beside the datasource, or in the vault. */
  store: string;
}

/** Reads a point; `undefined` for something that could not be restored from, since it has no id or no time. */
export function readRecoveryPoint(resource: unknown): RecoveryPoint | undefined {
  const { name, properties } = asRecord(resource);
  const { recoveryPointId, recoveryPointTime, recoveryPointDataStoresDetails, expiryTime } =
    asRecord(properties);
  const [store] = asArray(recoveryPointDataStoresDetails).map(asRecord);
  const [id, time] = [text(recoveryPointId) ?? text(name), text(recoveryPointTime)];
  return id === undefined || time === undefined || Number.isNaN(Date.parse(time))
    ? undefined
    : { id, time, expiryTime: text(expiryTime), store: text(store?.type) ?? "OperationalStore" };
}

/** The points that a list names, newest first, whatever its order. */
export function readRecoveryPoints(resources: readonly unknown[]): RecoveryPoint[] {
  return resources
    .flatMap((resource) => readRecoveryPoint(resource) ?? [])
    .sort((one, other) => Date.parse(other.time) - Date.parse(one.time));
}
