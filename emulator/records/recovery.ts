import type { InstanceSpec } from "../dataProtection/instanceSpec";
import type { DataStore } from "../dataProtection/recovery/backupRules";
import type { UserFacingError } from "../dataProtection/userErrors";

/** What a backup left to restore from. */
export interface RecoveryPoint {
  id: string;
  /** 32 hexadecimal digits. */
  name: string;
  store: DataStore;
  /** When the state that it holds was taken. */
  takenAt: number;
  createdAt: number;
  retentionTag: string;
  policyName: string;
  /** Of the disk as it was then; absent for other datasources. */
  disk?: BackedUpDisk;
  /** Names of the containers that it holds; absent for disks. */
  containers?: string[];
}

/** What is on record of the disk that a snapshot was taken of. */
export interface BackedUpDisk {
  id: string;
  sizeInGib: number;
  skuName: string;
  osType: string;
  location: string;
  snapshotResourceGroupId: string;
  snapshotName: string;
}

export type JobOperation = "Backup" | "Restore";

/** A backup or a restore at work, or what became of it. */
export interface BackupJob {
  id: string;
  /** A GUID. */
  name: string;
  vaultId: string;
  activityId: string;
  instanceId: string;
  /** Of the instance when the job began. */
  spec: InstanceSpec;
  operation: JobOperation;
  isUserTriggered: boolean;
  /** Where a restore reads from, or where a backup is kept. */
  store: DataStore;
  startedAt: number;
  /** Unset while it runs. */
  endedAt?: number;
  changedAt: number;
  /** `InProgress`, `Completed`, `CompletedWithWarnings`, `Failed` and `Cancelled`, or any other word. */
  status: string;
  /** Why it failed, or what it warns of. */
  error?: UserFacingError;
  /** Whether control has set its status: then it does not end by itself. */
  isHeld?: true;
  /** Of a backup. */
  backup?: { retentionTag: string; pointName?: string; sizeInBytes?: number };
  /** Of a restore: from which point, or from which time, and to which resource. */
  restore?: { pointName?: string; pointTime: number; destinationId: string };
}

/** How jobs of an instance end, whoever starts them, until control says otherwise. */
export interface JobOutcome {
  /** `<instance>/<operation>` */
  id: string;
  status: string;
  error?: UserFacingError;
  /** Whether nothing comes of the job, whatever its status says. */
  hasNoEffect?: boolean;
}

/** How restores of an instance are refused, whoever asks, until control says otherwise; by the instance's id. */
export interface RestoreRefusal {
  id: string;
  error: UserFacingError;
}
