/** States of protection: those that are on record (facts 1.3). The list is open: control can put an instance into any other. */
export type ProtectionState =
  | "Invalid"
  | "NotProtected"
  | "ConfiguringProtection"
  | "UpdatingProtection"
  | "ProtectionConfigured"
  | "ConfiguringProtectionFailed"
  | "ProtectionError"
  | "ProtectionStopped"
  | "BackupsSuspended"
  | "BackupSchedulesSuspended"
  | "RetentionSchedulesSuspended"
  | "SoftDeleting"
  | "SoftDeleted"
  | (string & {});
