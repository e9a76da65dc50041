/**
 * Error codes that nobody has on record: the refusal is documented, what the service calls it is not (facts 4.4). A client
 * must not build on them. Codes of record that stand where their use is assumed are marked in their own places.
 */
export const assumedCodes = {
  /** A deletion or a reduced retention in an immutable vault (facts 4.2). */
  immutableVault: "UserErrorImmutableVaultOperationNotAllowed",
  /** A critical operation without the Resource Guard's approval (facts 4.3). */
  approvalMissing: "UserErrorResourceGuardApprovalRequired",
  /** A Resource Guard that vaults are still bound to is deleted. */
  guardInUse: "UserErrorResourceGuardInUse",
  /** A vault that still holds instances is deleted (facts 4.1). */
  vaultNotEmpty: "UserErrorVaultNotEmpty",
} as const;
