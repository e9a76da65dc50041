import type { Cloud } from "../../cloud";
import type { BackupInstance } from "../../records/backupInstance";
import { daysOf } from "../isoDuration";
import { keepsInStore } from "../policies";
import { retentionOf } from "./backupRules";

const dayInMs = 24 * 60 * 60 * 1000;

/** From when to when blobs can be put back, in milliseconds since the epoch. */
export interface TimeRange {
  startsAt: number;
  endsAt: number;
}

/** As far back as the policy's retention goes, and no further than protection does; none where all backups are in the vault. */
export function restorableRangeOf(
  cloud: Cloud,
  { spec, firstProtectedAt }: BackupInstance,
): TimeRange | undefined {
  const policy = cloud.policies.get(spec.policyInfo.policyId);
  if (firstProtectedAt === undefined || !keepsInStore(policy, "OperationalStore")) {
    return undefined;
  }
  const endsAt = cloud.now();
  const retentionInMs = daysOf(retentionOf(policy, "Default") ?? "P30D") * dayInMs;
  return { startsAt: Math.max(firstProtectedAt, endsAt - retentionInMs), endsAt };
}
