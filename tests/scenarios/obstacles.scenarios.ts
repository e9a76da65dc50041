import { deleted, leaving, redAbsent, redAsBefore, redKept } from "./reactions";
import { deletion, look, goneForGood, refusedByVault, lookForNew, paused, lookedAround } from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { protectedAccount, protectedDisk, protectedThen } from "./situations";

const vaulted = (site: Site): object => site.blobBackup(["invoices"]);
const vaultedAccount = protectedAccount(["invoices"]);
const immutable =
  "deleting backup instance {blobInstance}: UserErrorImmutableVaultOperationNotAllowed: The backup " +
  "data of the backup instance account{n}-{guid} cannot be deleted, because the Backup vault {vault} is " +
  "immutable. Stop protection and retain the data, or disable immutability if it is not locked.";
const suspending =
  'declare onDelete: "suspendBackups" and run the update, then delete, which ends the backups and lets the ' +
  "old ones expire as the policy says";
const disabling =
  "disable immutability on the vault first (`az dataprotection backup-vault update --immutability-state Disabled`)";
const refusedAsImmutable = [
  look,
  ...refusedByVault("DELETE backupInstances/* 400 UserErrorImmutableVaultOperationNotAllowed"),
];

const shorterPolicy = (site: Site): object =>
  site.blobBackup(["invoices"], { policyId: site.policyId("blob-shorter") });
const shortening =
  "updating backup instance {blobInstance}: UserErrorImmutableVaultOperationNotAllowed: The retention of the rule Default " +
  "cannot be reduced, because the Backup vault {vault} is immutable. Stop protection and retain the data, or disable " +
  "immutability if it is not locked.";
const shorteningRefused = [
  look,
  "POST backupInstances/*/validateForModifyBackup 202",
  "GET operationStatus 200 Succeeded",
  ...refusedByVault("PUT backupInstances/* 400 UserErrorImmutableVaultOperationNotAllowed"),
];

function busy({ control, vaultId }: Site): void {
  const error = {
    code: "UserErrorMaxConcurrentOperationLimitReached",
    message: "Too many operations run at once.",
  };
  const match = { method: "DELETE", path: new RegExp(vaultId) };
  control.injectFault({ match, fault: { status: 400, body: { error } } });
}

async function vaultedAccountAndShorterPolicy(site: Site): Promise<void> {
  await vaultedAccount(site);
  await site.putShorterPolicy();
}

/** A vaulted account in a vault whose settings are asked for in vain. */
function vaultedAccountInVaultAnswering(fault: { status: number; body: object }) {
  return async (site: Site): Promise<void> => {
    await vaultedAccount(site);
    const path = new RegExp(`${site.vaultId}$`);
    site.control.injectFault({ match: { method: "GET", path }, fault });
  };
}

const unreadable = { error: { code: "AuthorizationFailed", message: "The client may not read the vault." } };

/** Locks the group of everything, until the provider has met the lock. */
async function lockedGroup(site: Site): Promise<void> {
  await protectedDisk(site);
  const lockId = site.control.addLock(site.estate.groupId, "CanNotDelete");
  site.after(/\/backupInstances\/[^/]+$/i, () => site.control.removeLock(lockId));
}

/** What keeps an instance from being deleted or written, and what the message says must be done first. */
export const obstacleScenarios: Scenario[] = [
  {
    situation: "the vault is immutable, not locked, and has soft delete off",
    place: { immutability: "Unlocked" },
    given: vaultedAccount,
    declares: vaulted,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          `${immutable} Vault {vault} is immutable, and not locked: ${suspending}; or ${disabling}: deleted backups ` +
            "are then gone for good. (correlation id {id})",
          refusedAsImmutable,
        ),
      ),
    },
  },
  {
    situation: "the vault is immutable, not locked, and has soft delete on",
    place: { immutability: "Unlocked", softDelete: "On" },
    given: vaultedAccount,
    declares: vaulted,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          `${immutable} Vault {vault} is immutable, and not locked: ${suspending}; or ${disabling}: deleted backups ` +
            "can then be had back for 14 days. (correlation id {id})",
          refusedAsImmutable,
        ),
      ),
    },
  },
  {
    situation: "the vault is immutable and locked",
    place: { immutability: "Locked" },
    given: vaultedAccount,
    declares: vaulted,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          `${immutable} Vault {vault} is immutable for good, so nobody can delete its backups before they expire: ` +
            `${suspending}. (correlation id {id})`,
          refusedAsImmutable,
        ),
      ),
    },
  },
  {
    situation: 'the vault is immutable and locked, and onDelete is "suspendBackups"',
    place: { immutability: "Locked" },
    given: vaultedAccount,
    declares: (site) => site.blobBackup(["invoices"], { onDelete: "suspendBackups" }),
    reactions: {
      delete: leaving(
        "BackupsSuspended",
        deleted(
          [look, ...paused("suspendBackups")],
          "suspended the backups of {blobInstance}; its recovery points are kept as the policy says",
        ),
      ),
    },
  },
  {
    situation: "the vault is immutable and locked, and holds nothing of the instance",
    place: { immutability: "Locked" },
    given: protectedDisk,
    reactions: { delete: leaving("nothing", deleted([look, ...deletion, ...goneForGood])) },
  },
  {
    situation:
      "the vault is immutable, and the policy is changed to one that keeps backups for a shorter time",
    place: { immutability: "Unlocked" },
    given: vaultedAccountAndShorterPolicy,
    declares: shorterPolicy,
    declaredBefore: vaulted,
    reactions: {
      update: redAsBefore(
        `${shortening} Vault {vault} is immutable, and takes no policy that keeps backups for a shorter time than ` +
          `before: if {vault}/backupPolicies/blob-shorter does, declare one that keeps them as long, or ${disabling}. ` +
          "(correlation id {id})",
        shorteningRefused,
      ),
    },
  },
  {
    situation:
      "the vault is immutable and locked, and the policy is changed to one that keeps backups for a shorter time",
    place: { immutability: "Locked" },
    given: vaultedAccountAndShorterPolicy,
    declares: shorterPolicy,
    declaredBefore: vaulted,
    reactions: {
      update: redAsBefore(
        `${shortening} Vault {vault} is immutable for good, and takes no policy that keeps backups for a shorter time ` +
          "than before: if {vault}/backupPolicies/blob-shorter does, declare one that keeps them as long. " +
          "(correlation id {id})",
        shorteningRefused,
      ),
    },
  },
  {
    situation:
      "the vault is immutable, and the deletion of a disk's instance is refused, which is none of its business",
    place: { immutability: "Locked" },
    given: protectedThen(busy),
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: UserErrorMaxConcurrentOperationLimitReached: Too many operations run " +
          "at once. (correlation id {id})",
        [
          look,
          ...refusedByVault(
            "DELETE backupInstances/* 400 UserErrorMaxConcurrentOperationLimitReached (status 400)",
          ),
        ],
      ),
    },
  },
  {
    situation: "the vault is immutable, and its settings may not be read",
    place: { immutability: "Unlocked" },
    given: vaultedAccountInVaultAnswering({ status: 403, body: unreadable }),
    declares: vaulted,
    reactions: {
      delete: redKept(`${immutable} (correlation id {id})`, [
        look,
        "DELETE backupInstances/* 400 UserErrorImmutableVaultOperationNotAllowed",
        "GET the vault 403 AuthorizationFailed (status 403)",
      ]),
    },
  },
  {
    situation: "the vault is immutable, and nonsense is answered for its settings",
    place: { immutability: "Unlocked" },
    given: vaultedAccountInVaultAnswering({ status: 200, body: {} }),
    declares: vaulted,
    reactions: {
      delete: redKept(`${immutable} (correlation id {id})`, [
        look,
        "DELETE backupInstances/* 400 UserErrorImmutableVaultOperationNotAllowed",
        "GET the vault 200 (status 200)",
      ]),
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
    situation: "the resource group has a lock against deletion",
    given: lockedGroup,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          "deleting backup instance {instance}: ScopeLocked: The scope '{instance}' cannot perform delete " +
            "operation because following scope(s) are locked: '{group}'. Please remove the lock and try again. " +
            "Somebody protects these scopes by a management lock: remove it (`az lock list` shows it), run this again, and put it back. (correlation id {id})",
          [look, "DELETE backupInstances/* 409 ScopeLocked"],
        ),
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
        [...lookForNew, "POST validateForBackup 409 ScopeLocked", ...lookedAround],
      ),
    },
  },
  {
    situation: 'the vault has a lock against all writes, and onDelete is "stopProtection"',
    given: protectedThen(({ control, vaultId }) => void control.addLock(vaultId, "ReadOnly")),
    declares: (site) => site.diskBackup({ onDelete: "stopProtection" }),
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: ScopeLocked: The scope '{instance}/stopProtection' cannot " +
          "perform write operation because following scope(s) are locked: '{vault}'. Please remove the lock and " +
          "try again. Somebody protects these scopes by a management lock: remove it (`az lock list` shows it), " +
          "run this again, and put it back. (correlation id {id})",
        [look, "POST backupInstances/*/stopProtection 409 ScopeLocked"],
      ),
    },
  },
];
