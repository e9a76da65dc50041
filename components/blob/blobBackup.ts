import * as pulumi from "@pulumi/pulumi";
import type { AutoProtectionArgs } from "../../provider/resources/backupInstance";
import { storageAccountBackupContributor } from "../../provider/dataProtection/roles";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import { idProblems, refuseProblems } from "../argumentProblems";
import type { PolicyUse } from "../policyChoice";
import { choosePolicy, policyProblems } from "../policyChoice";
import type { ProtectionArgs } from "../protection";
import { createInstance, protectionProblems } from "../protection";
import { assignRole } from "../roleAssignments";
import { normalizeVault } from "../vault/vaultReference";

/** What a {@link BlobBackup} is declared with. */
export interface BlobBackupArgs extends ProtectionArgs<"blob" | "dataLake"> {
  /** ARM id of the storage account. */
  storageAccountId: pulumi.Input<string>;
  /**
   * `"adls"` for a Data Lake account, which has a hierarchical namespace: it takes a `dataLakePolicy`, and `containers` or
   * `autoProtection`. Changing it replaces the instance.
   *
   * @default "blob"
   */
  kind?: "blob" | "adls";
  /**
   * Names of the containers to copy to the vault (vaulted backup): 1 to 1,000. Changed in place, but not removed.
   *
   * @default none: operational backup of the whole account, which keeps the data in the account itself
   */
  containers?: pulumi.Input<pulumi.Input<string>[]>;
  /**
   * Copies all containers to the vault, those that come later too, instead of `containers`: `{}`, or the ones that are left
   * out. It takes api-version 2026-03-01: `pulumi config set azure-dataprotection:apiVersion 2026-03-01`.
   *
   * @default none
   */
  autoProtection?: pulumi.Input<AutoProtectionArgs>;
}

/**
 * Protects the block blobs of a storage account: gives the vault's identity its role on the account, and then creates the
 * backup instance, which succeeds only when the blobs are protected.
 *
 * @example
 * ```ts
 * new BlobBackup("files", { storageAccountId: account.id, vault });
 * new BlobBackup("invoices", { storageAccountId: other.id, vault, containers: ["invoices"] });
 * new BlobBackup("lake", { storageAccountId: lake.id, vault, kind: "adls", containers: ["raw"] });
 * ```
 */
export class BlobBackup extends pulumi.ComponentResource {
  /** ARM id of the backup instance. */
  readonly backupInstanceId: pulumi.Output<string>;
  /** The protection state as the service spells it: `ProtectionConfigured` after every successful update. */
  readonly protectionState: pulumi.Output<string>;
  /** Why the datasource is not protected, with `onFailure: "report"`; `undefined` when it is. */
  readonly failure: pulumi.Output<string | undefined>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options. Under an azure-native `provider`, its own or a parent's, everything signs in as that does.
   * @throws an `Error` that lists all that is wrong with the arguments, before any request.
   */
  constructor(name: string, args: BlobBackupArgs, opts?: pulumi.ComponentResourceOptions) {
    refuseProblems(`BlobBackup "${name}"`, problemsOf(args));
    super("azure-dataprotection:index:BlobBackup", name, {}, opts);
    const { storageAccountId, kind = "blob", containers, autoProtection, ...protection } = args;
    const vault = normalizeVault(protection.vault, protection.userAssignedIdentityId);
    const policy = choosePolicy(name, protection, useOf(args), this);
    const { onFailure } = args;
    const grant = { role: storageAccountBackupContributor, scope: storageAccountId, vault, onFailure };
    const roles =
      protection.roles === "existing" ? [] : [assignRole(`${name}-account-contributor`, grant, this)];
    const instance = createInstance(
      name,
      protection,
      {
        vaultId: vault.id,
        policyId: policy.id,
        userAssignedIdentityId: vault.userAssignedIdentityId,
        datasource: { kind, storageAccountId, containers, autoProtection, location: vault.location },
        needs: [policy.created, ...roles].filter((needed) => needed !== undefined),
      },
      this,
    );
    this.backupInstanceId = instance.id;
    this.protectionState = instance.protectionState;
    this.failure = instance.failure;
    this.registerOutputs({
      backupInstanceId: this.backupInstanceId,
      protectionState: this.protectionState,
    });
  }
}

function useOf({ kind, containers, autoProtection }: BlobBackupArgs): PolicyUse {
  const isVaulted = kind === "adls" || containers !== undefined || autoProtection !== undefined;
  return {
    kind: kind === "adls" ? "dataLake" : "blob",
    dataStore: isVaulted ? "VaultStore" : "OperationalStore",
  };
}

const ownProperties = ["storageAccountId", "kind", "containers", "autoProtection"];

function problemsOf(args: BlobBackupArgs): InputProblem[] {
  const problems = protectionProblems("a backup of blobs", ownProperties, args);
  const accountType = "Microsoft.Storage/storageAccounts";
  problems.push(...idProblems("storageAccountId", args.storageAccountId || undefined, accountType));
  if (!args.storageAccountId) {
    problems.push({ property: "storageAccountId", reason: "is missing; give the ARM id of the account" });
  }
  if (args.kind !== undefined && args.kind !== "blob" && args.kind !== "adls") {
    problems.push({ property: "kind", reason: `${JSON.stringify(args.kind)} is neither "blob" nor "adls"` });
  }
  return [...problems, ...policyProblems(args, useOf(args))];
}
