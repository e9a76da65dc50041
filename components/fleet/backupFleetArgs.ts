import type { BlobBackupArgs } from "../blob/blobBackup";
import type { DiskBackupArgs } from "../disk/diskBackup";
import type { ProtectionArgs } from "../protection";

/** A disk of a fleet; what is left out is as the fleet has it. */
export type DiskMemberArgs = Pick<DiskBackupArgs, "diskId" | "snapshotResourceGroup" | "policy">;

/** A storage account of a fleet; what is left out is as the fleet has it. */
export type BlobMemberArgs = Pick<
  BlobBackupArgs,
  "storageAccountId" | "kind" | "containers" | "autoProtection" | "policy"
>;

/**
 * What a fleet protects:
 * - ARM ids of disks and storage accounts, as {@link findResourceIds} finds them. They must be plain texts, since the
 *   members are named after them; one that is listed twice is one member, and what this package does not protect is
 *   skipped;
 * - or members by names of your own, whose ids may be outputs of other resources.
 */
export type FleetMembers =
  readonly string[] | Readonly<Record<string, string | DiskMemberArgs | BlobMemberArgs>>;

/** The policies of a fleet, each as a component takes its own: a name, a value, or an ARM id. */
export interface FleetPolicies {
  /** For disks. */
  disk?: DiskBackupArgs["policy"];
  /** For the operational backup of storage accounts. */
  blob?: BlobBackupArgs["policy"];
  /** For the vaulted backup of storage accounts, that is, of members with `containers` or `autoProtection`. */
  vaultedBlob?: BlobBackupArgs["policy"];
  /** For Data Lake accounts, that is, members with `kind: "adls"`. */
  dataLake?: BlobBackupArgs["policy"];
}

/** What a {@link BackupFleet} is declared with: what all members have in common, and the members. */
export interface BackupFleetArgs extends Omit<
  ProtectionArgs,
  "policy" | "name" | "friendlyName" | "onFailure"
> {
  /** The disks and storage accounts. What becomes of one that is no longer among them, `onDelete` says. */
  members: FleetMembers;
  /** @default those of this package's `BackupVault` that fit, one for each kind of member */
  policies?: FleetPolicies;
  /**
   * Which members are protected; those of other kinds are skipped.
   *
   * @default ["disk", "blob"]
   */
  kinds?: readonly ("disk" | "blob")[];
  /**
   * Where the snapshots of disks are kept, by ids of the disks' subscriptions.
   *
   * @default a new resource group in each subscription that disks are in, for all of them there; one for each disk whose id
   *   is an output
   */
  snapshotResourceGroups?: Readonly<Record<string, NonNullable<DiskBackupArgs["snapshotResourceGroup"]>>>;
  /**
   * Tags of new resource groups for snapshots, as an organisation's Azure Policy may demand them.
   *
   * @default those of the vault
   */
  tags?: DiskBackupArgs["tags"];
}
