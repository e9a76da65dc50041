/**
 * Error codes that nobody has on record: the refusal is documented, what the service calls it is not (facts 4.4). A client
 * must not build on them. Codes of record that stand where their use is assumed are marked in their own places.
 */
export const assumedCodes = {
  /** A deletion or a reduced retention in an immutable vault (facts 4.2). */
  immutableVault: "UserErrorImmutableVaultOperationNotAllowed",
  /** A critical operation without the Resource Guard's approval (facts 4.3). */
  approvalMissing: "UserErrorResourceGuardApprovalRequired",
  /** Another storage redundancy for a vault that holds instances. */
  redundancyInUse: "UserErrorStorageRedundancyChangeNotAllowed",
  /** A Resource Guard that vaults are still bound to is deleted. */
  guardInUse: "UserErrorResourceGuardInUse",
  /** A vault that still holds instances is deleted (facts 4.1). */
  vaultNotEmpty: "UserErrorVaultNotEmpty",
  /** A disk or a container is restored in the place of one that is there (facts, restore 1.3). */
  restoreTargetExists: "UserErrorRestoreTargetAlreadyExists",
  /** The resource group or the storage account to restore to is not there. */
  restoreTargetNotFound: "UserErrorRestoreTargetNotFound",
  /** A restore to another region. */
  restoreLocation: "UserErrorRestoreLocationNotSupported",
  /** A restore to another subscription, where the vault forbids it (facts, restore 1.6). */
  restoreAcrossSubscriptions: "UserErrorCrossSubscriptionRestoreNotAllowed",
  /** Blobs are restored from the vault to the account that they are of (facts, restore 1.3). */
  restoreToSource: "UserErrorRestoreToSourceAccountNotSupported",
  /** A vault that is being deleted is written to. */
  vaultBeingDeleted: "UserErrorVaultBeingDeleted",
} as const;
