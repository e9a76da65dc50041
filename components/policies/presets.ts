import { blobPolicy } from "./blobPolicy";
import { dataLakePolicy } from "./dataLakePolicy";
import { diskPolicy } from "./diskPolicy";

/**
 * Ready-made policies for disks.
 *
 * @example
 * ```ts
 * new BackupVault("backups", { resourceGroupName: group.name, policies: { disks: diskPolicies.everyFourHours } });
 * ```
 */
export const diskPolicies = {
  /** Every four hours, kept for a week: the service's own default. */
  everyFourHours: diskPolicy({ every: "4 hours", keep: "7 days" }),
  /** Every four hours, kept for a week, the first of a day for a month, and the first of a week for half a year. */
  everyFourHoursAndLongTerm: diskPolicy({
    every: "4 hours",
    keep: "7 days",
    daily: "30 days",
    weekly: "26 weeks",
  }),
  /** Every day, kept for a month. */
  daily: diskPolicy({ every: "1 day", keep: "30 days" }),
} as const;

/**
 * Ready-made policies for blobs.
 *
 * @example
 * ```ts
 * new BackupVault("backups", { resourceGroupName: group.name, policies: { blobs: blobPolicies.operational } });
 * ```
 */
export const blobPolicies = {
  /** Restore within the account, to any moment of the last 30 days. */
  operational: blobPolicy({ operational: { keep: "30 days" } }),
  /** Copied to the vault every day, kept for a week: the service's own default. */
  vaulted: blobPolicy({ vaulted: { every: "1 day", keep: "7 days" } }),
  /** Copied to the vault every day, kept for a month, the first of a month for a year, and the first of a year for ten. */
  vaultedAndLongTerm: blobPolicy({
    vaulted: { every: "1 day", keep: "30 days", monthly: "12 months", yearly: "10 years" },
  }),
  /** Restore within the account for 30 days, and copies in the vault as of `vaulted`. */
  operationalAndVaulted: blobPolicy({
    operational: { keep: "30 days" },
    vaulted: { every: "1 day", keep: "7 days" },
  }),
} as const;

/** The policies of a vault that none are declared for: one for each way of protecting something. */
export const defaultPolicies = {
  disks: diskPolicies.everyFourHours,
  blobs: blobPolicies.operational,
  vaultedBlobs: blobPolicies.vaulted,
  dataLakes: dataLakePolicy({ every: "1 day", keep: "7 days" }),
} as const;
