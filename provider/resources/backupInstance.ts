import * as pulumi from "@pulumi/pulumi";
import type { Datasource } from "../dataProtection/datasource";
import type { OnDelete } from "../instance/inputs";
import type { OnFailure } from "../lifecycle/reportedFailure";
import { ownUrn } from "./ownUrn";
import { backupInstanceType, providerText } from "./providerText";
import { signedIn } from "./signIn";

export type { OnDelete } from "../instance/inputs";
export type { OnFailure } from "../lifecycle/reportedFailure";
export type { Timeouts } from "../lifecycle/timeouts";

/** A managed disk, backed up as incremental snapshots. */
export interface DiskDatasourceArgs {
  kind: "disk";
  /** ARM id of the managed disk. Changing it replaces the instance. */
  diskId: pulumi.Input<string>;
  /**
   * ARM id of the resource group that holds the snapshots. It must be in the disk's subscription; a group of its own is
   * recommended. Changing it replaces the instance.
   */
  snapshotResourceGroupId: pulumi.Input<string>;
  /**
   * Region of the disk, which must be the vault's. Naming it saves one request a vault.
   *
   * @default the vault's region
   */
  location?: pulumi.Input<string>;
}

/** All containers of an account, those that come later too. */
export interface AutoProtectionArgs {
  /**
   * Containers whose names begin with one of these are left out.
   *
   * @default none
   */
  excludedPrefixes?: pulumi.Input<pulumi.Input<string>[]>;
}

/** The block blobs of a storage account. */
export interface BlobDatasourceArgs {
  /** `"adls"` for a Data Lake account, which has a hierarchical namespace and is always copied to the vault. */
  kind: "blob" | "adls";
  /** ARM id of the storage account. Changing it replaces the instance. */
  storageAccountId: pulumi.Input<string>;
  /**
   * Names of the containers to copy to the vault (vaulted backup): 1 to 1,000. Left out, the account as a whole gets
   * operational backup, which keeps the data in the account itself. The policy must be of the same sort.
   */
  containers?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Copies all containers to the vault, those that come later too, instead of `containers`. It takes api-version 2026-03-01:
   * `pulumi config set azure-dataprotection:apiVersion 2026-03-01`.
   *
   * @default none
   */
  autoProtection?: pulumi.Input<AutoProtectionArgs>;
  /**
   * Region of the storage account, which must be the vault's. Naming it saves one request a vault.
   *
   * @default the vault's region
   */
  location?: pulumi.Input<string>;
}

/** How long the steps may take, as Pulumi writes durations: `"45m"`, `"90s"`, `"1h30m"`. */
export interface TimeoutsArgs {
  /** @default "45m": role assignments alone take up to 30 minutes to count. */
  create?: pulumi.Input<string>;
  /** @default "45m" */
  update?: pulumi.Input<string>;
  /** @default "30m" */
  delete?: pulumi.Input<string>;
}

/** What a {@link BackupInstance} is declared with. */
export interface BackupInstanceArgs {
  /** ARM id of the Backup vault. Changing it replaces the instance. */
  vaultId: pulumi.Input<string>;
  /** ARM id of a policy of that vault, for this kind of datasource. Changed in place. */
  policyId: pulumi.Input<string>;
  /** What is protected. */
  datasource: pulumi.Input<DiskDatasourceArgs | BlobDatasourceArgs>;
  /**
   * Name of the instance in the vault. Changing it replaces the instance.
   *
   * @default the datasource's name and a UUID made of its id: the same on every run
   */
  name?: pulumi.Input<string>;
  /**
   * The name that the Azure portal shows. Changed in place.
   *
   * @default the datasource's name
   */
  friendlyName?: pulumi.Input<string>;
  /**
   * ARM id of the user-assigned identity of the vault that protects the datasource and needs the roles on it. Changed in
   * place. Blobs are copied to the vault (vaulted backup) by the vault's own identity only.
   *
   * @default the vault's own (system-assigned) identity
   */
  userAssignedIdentityId?: pulumi.Input<string>;
  /** How long the steps may take. The engine does not tell dynamic providers the option `customTimeouts`. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
  /**
   * What becomes of the instance when the resource is deleted:
   * - `"delete"`: it is deleted with its recovery points, or soft-deleted where the vault has soft delete on;
   * - `"stopProtection"`: no more backups, all recovery points are kept for ever (not for operational backup of blobs);
   * - `"suspendBackups"`: no more backups, recovery points are kept as the policy says;
   * - `"retain"`: nothing, the datasource stays protected.
   *
   * @default "delete"
   */
  onDelete?: pulumi.Input<OnDelete>;
  /**
   * What becomes of a declaration that is refused, and of a create or an update that fails:
   * - `"fail"`: the update fails with it, and Pulumi starts nothing more;
   * - `"report"`: the resource counts as done, its output `failure` says why the datasource is not protected, and every
   *   update tries again. The program must look at `failure`, as `BackupFleet` does: without that, an update can be green
   *   while nothing is protected.
   *
   * @default "fail"
   */
  onFailure?: pulumi.Input<OnFailure>;
  /**
   * Whether a soft-deleted instance of the datasource in the vault is had back, with its recovery points, instead of
   * failing: the service refuses a new one as long as it holds the deleted one.
   *
   * @default true
   */
  recoverSoftDeleted?: pulumi.Input<boolean>;
  /**
   * Whether an update mends what previews and updates find when they look at the live instance: protection that somebody
   * stopped or that broke, an instance that is gone, a policy that was changed elsewhere. With `false` they only warn.
   *
   * @default true
   */
  healDrift?: pulumi.Input<boolean>;
  /**
   * Whether previews ask the service if it would protect the datasource, and fail when the service refuses for a reason that
   * the update cannot cure. It takes the service up to a minute, after which a preview asks about no other instance: the
   * engine checks one resource after the other. `true` asks before changes of policy or containers too.
   *
   * @default true for a first create, false for changes
   */
  validateOnPreview?: pulumi.Input<boolean>;
  /**
   * The stack, as `project/stack`, from which this one takes the instance over. An instance carries the stack that it
   * belongs to in its tag `pulumi-stack`, and another stack that declares the same is refused; once it was taken over, the
   * first stack leaves it alone when the resource is removed there.
   */
  takeOverFrom?: pulumi.Input<string>;
}

/**
 * A backup instance: the protection of one disk or one storage account by a Backup vault and a policy.
 *
 * The update that creates it succeeds only when the service reports `ProtectionConfigured`, and fails with the service's
 * reason otherwise. The vault's identity needs roles on the datasource first; `DiskBackup` and `BlobBackup` give it those.
 *
 * @example
 * ```ts
 * const protection = new BackupInstance("data", {
 *   vaultId: vault.id,
 *   policyId: policy.id,
 *   datasource: { kind: "disk", diskId: disk.id, snapshotResourceGroupId: snapshots.id },
 * });
 * export const state = protection.protectionState; // "ProtectionConfigured"
 * ```
 */
export class BackupInstance extends pulumi.CustomResource {
  /** ARM id of the instance. Deterministic, so it is known in previews whenever the vault's and the datasource's ids are. */
  declare readonly id: pulumi.Output<pulumi.ID>;
  /** ARM id of the Backup vault. */
  declare readonly vaultId: pulumi.Output<string>;
  /** ARM id of the policy. */
  declare readonly policyId: pulumi.Output<string>;
  /** What is protected. */
  declare readonly datasource: pulumi.Output<Datasource>;
  /** Name of the instance in the vault. Known in previews, like the id. */
  declare readonly name: pulumi.Output<string>;
  /** The name that the Azure portal shows. */
  declare readonly friendlyName: pulumi.Output<string>;
  /** The protection state as the service spells it: `ProtectionConfigured` after every successful update. */
  declare readonly protectionState: pulumi.Output<string>;
  /** The provisioning state as the service spells it: `Succeeded`. It says nothing about protection. */
  declare readonly provisioningState: pulumi.Output<string>;
  /** Why the datasource is not protected, with `onFailure: "report"`; `undefined` when it is. */
  declare readonly failure: pulumi.Output<string | undefined>;

  /**
   * @param name - Logical name of the resource in the program.
   * @param args - What is declared.
   * @param opts - Pulumi's options. Under an azure-native `provider`, its own or a parent's, it signs in as that does. `import` is not possible for dynamic resources; `customTimeouts` does not reach them.
   */
  constructor(name: string, args: BackupInstanceArgs, opts?: pulumi.CustomResourceOptions) {
    const hostInputs = {
      // The host tells a provider neither its resource nor whether it previews; `check` takes the latter out again.
      resourceUrn: ownUrn(name, backupInstanceType, opts?.parent),
      isPreview: pulumi.runtime.isDryRun(),
      __provider: providerText,
    };
    super(backupInstanceType, name, { ...undeclared, ...args, ...hostInputs }, signedIn(name, opts));
    // The engine learns an id from create, which it does not preview for dynamic resources; `check` knows it before.
    this.id = idKnownInPreviews(this);
  }
}

/** The SDK gives a resource only those outputs that its inputs name. */
const undeclared = {
  name: undefined,
  friendlyName: undefined,
  protectionState: undefined,
  provisioningState: undefined,
  failure: undefined,
  backupInstanceId: undefined,
};

function idKnownInPreviews(instance: pulumi.CustomResource): pulumi.Output<pulumi.ID> {
  const { backupInstanceId } = instance as unknown as { backupInstanceId: pulumi.Output<pulumi.ID> };
  return backupInstanceId;
}
