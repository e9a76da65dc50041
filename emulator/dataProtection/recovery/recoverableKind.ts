import type { Cloud } from "../../cloud";
import type { DurationName } from "../../pace";
import type { BackupInstance } from "../../records/backupInstance";
import type { RecoveryPoint } from "../../records/recovery";
import type { BackupVault } from "../../records/vault";
import type { InstanceSpec } from "../instanceSpec";
import type { RequiredRole } from "../requiredRole";
import type { UserFacingError } from "../userErrors";
import type { DataStore } from "./backupRules";
import type { TimeRange } from "./restorableRange";
import type { RestoreRequest } from "./restoreRequest";

/** What a restore is about. */
export interface RestoreOrder {
  vault: BackupVault;
  instance: BackupInstance;
  request: RestoreRequest;
  /** Absent for a restore to a point in time. */
  point?: RecoveryPoint;
}

/** How datasources of a type are kept in recovery points, and come back from them. */
export interface RecoverableKind {
  /** What a recovery point holds that is made now. */
  contentsOf(cloud: Cloud, spec: InstanceSpec, at: number): Pick<RecoveryPoint, "disk" | "containers">;
  /** When what the datasource itself keeps can be put back; absent for datasources that keep nothing. */
  restorableRange?(cloud: Cloud, instance: BackupInstance): TimeRange | undefined;
  /** How long a restore from the store takes. */
  restoreDuration(store: DataStore): DurationName;
  /** What the vault's identity needs for a restore (facts, restore 1.7). */
  requiredRoles(order: RestoreOrder): RequiredRole[];
  /** Why the service would not restore, roles and recovery point aside. */
  findRefusal(cloud: Cloud, order: RestoreOrder): UserFacingError | undefined;
  /** Makes what is restored. */
  perform(cloud: Cloud, order: RestoreOrder): void;
}
