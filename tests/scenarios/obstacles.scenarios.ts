import { redAbsent, redAsBefore, redKept } from "./reactions";
import { look } from "./requests";
import type { Scenario } from "./scenario";
import { protectedAccount, protectedThen } from "./situations";

/** What keeps an instance from being deleted or written, and what the message says must be done first. */
export const obstacleScenarios: Scenario[] = [
  {
    situation: "the vault is immutable",
    place: { immutability: "Unlocked" },
    given: protectedAccount(["invoices"]),
    declares: (site) => site.blobBackup(["invoices"]),
    reactions: {
      delete: redKept(
        "deleting backup instance {blobInstance}: UserErrorImmutableVaultOperationNotAllowed: The backup " +
          "data of the backup instance account{n}-{guid} cannot be deleted, because the Backup vault " +
          "{vault} is immutable. Stop protection and retain the data, or disable immutability if it is not " +
          'locked. Vault {vault} is immutable and keeps what it holds: declare onDelete: "suspendBackups" ' +
          "and run the update, then delete, which ends the backups and keeps them; or, unless immutability " +
          "is locked, disable it on the vault first. (correlation id {id})",
        [look, "DELETE backupInstances/* 400 UserErrorImmutableVaultOperationNotAllowed"],
      ),
    },
  },
  {
    situation: "a Resource Guard watches over the vault",
    given: protectedThen(async (site) => site.guard()),
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: UserErrorResourceGuardApprovalRequired: The operation is " +
          "protected by the Resource Guard " +
          "{group}/providers/Microsoft.DataProtection/resourceGuards/guard-{n}. Get access to the Resource " +
          "Guard from its owner, and call unlockDelete of the vault's DppResourceGuardProxy. A Resource " +
          "Guard watches over vault {vault}: do this in the Azure portal, with the approval of the guard's " +
          "owner, and run `pulumi refresh` afterwards. (correlation id {id})",
        [look, "DELETE backupInstances/* 400 UserErrorResourceGuardApprovalRequired"],
      ),
    },
  },
  {
    situation: "a Resource Guard watches over the vault, and the policy is changed",
    given: protectedThen(async (site) => site.guard()),
    declares: (site) => site.diskBackup({ policyId: site.policyId("disk-four-hourly") }),
    declaredBefore: (site) => site.diskBackup(),
    reactions: {
      update: redAsBefore(
        "updating backup instance {instance}: UserErrorResourceGuardApprovalRequired: The operation is " +
          "protected by the Resource Guard " +
          "{group}/providers/Microsoft.DataProtection/resourceGuards/guard-{n}. Get access to the Resource " +
          "Guard from its owner, and name " +
          "{group}/providers/Microsoft.DataProtection/resourceGuards/guard-{n}/dppModifyPolicy/default in " +
          "resourceGuardOperationRequests. A Resource Guard watches over vault {vault}: do this in the " +
          "Azure portal, with the approval of the guard's owner, and run `pulumi refresh` afterwards. " +
          "(correlation id {id})",
        [
          look,
          "POST backupInstances/*/validateForModifyBackup 202",
          "GET operationStatus 200 Succeeded",
          "PUT backupInstances/* 400 UserErrorResourceGuardApprovalRequired",
        ],
      ),
    },
  },
  {
    situation: "the vault has a lock against deletion",
    given: protectedThen(({ control, vaultId }) => void control.addLock(vaultId, "CanNotDelete")),
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: ScopeLocked: The scope '{instance}' cannot perform delete " +
          "operation because following scope(s) are locked: '{vault}'. Please remove the lock and try " +
          "again. Somebody protects these scopes by a management lock: remove it (`az lock list` shows " +
          "it), run this again, and put it back. (correlation id {id})",
        [look, "DELETE backupInstances/* 409 ScopeLocked"],
      ),
    },
  },
  {
    situation: "the vault has a lock against all writes",
    given: ({ control, vaultId }) => void control.addLock(vaultId, "ReadOnly"),
    reactions: {
      create: redAbsent(
        "creating backup instance {instance}: ScopeLocked: The scope '{vault}/validateForBackup' cannot " +
          "perform write operation because following scope(s) are locked: '{vault}'. Please remove the " +
          "lock and try again. Somebody protects these scopes by a management lock: remove it (`az lock " +
          "list` shows it), run this again, and put it back. (correlation id {id})",
        [look, "POST validateForBackup 409 ScopeLocked"],
      ),
    },
  },
];
