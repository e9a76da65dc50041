import { deleted, green, leaving, redKept } from "./reactions";
import {
  changeApproved,
  changed,
  deletion,
  look,
  goneForGood,
  refusedByGuard,
  notRecoverable,
  seenProtected,
  unlocked,
  unlocking,
  lookForNew,
  paused,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { guarded, protectedAccount, protectedByOthers, protectedThen } from "./situations";

const vaulted = (site: Site): object => site.blobBackup(["invoices"]);
const otherPolicy = (site: Site): object => site.diskBackup({ policyId: site.policyId("disk-four-hourly") });
const declaredBefore = (site: Site): object => site.diskBackup();
const deletionRefused = [look, ...refusedByGuard("DELETE backupInstances/*")];

async function guardedAccount(site: Site): Promise<void> {
  await protectedAccount(["invoices"])(site);
  await site.guard();
}

async function guardedAccountAndShorterPolicy(site: Site): Promise<void> {
  await guardedAccount(site);
  await site.putShorterPolicy();
}

async function protectedByOthersAndGuarded(site: Site): Promise<void> {
  await protectedByOthers(site);
  await site.guard();
}

async function unboundMeanwhile(site: Site): Promise<void> {
  await guarded(site);
  site.after(/\/DppResourceGuardProxy$/, () => site.control.unbindGuard(site.vaultId));
}

async function vaultGoneMeanwhile(site: Site): Promise<void> {
  await guarded(site);
  const error = { code: "ParentResourceNotFound", message: "The parent resource could not be found." };
  const fault = { status: 404, body: { error } };
  site.control.injectFault({ match: { path: /\/unlockDelete$/ }, fault });
  site.control.injectFault({ match: { method: "DELETE" }, occurrence: 2, fault });
  const ofInstance = { method: "GET", path: /ackupInstances\/[^/]+$/ };
  site.control.injectFault({ match: ofInstance, fault, times: Infinity });
}

/** Operations that a Resource Guard watches over: asked for plainly, and once more with its approval. */
export const guardScenarios: Scenario[] = [
  {
    situation: "the guard approves of a deletion",
    given: guarded,
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, ...goneForGood])),
    },
  },
  {
    situation: 'the guard approves of the end of protection, onDelete is "stopProtection"',
    given: guarded,
    declares: (site) => site.diskBackup({ onDelete: "stopProtection" }),
    reactions: {
      delete: leaving(
        "ProtectionStopped",
        deleted(
          [look, ...refusedByGuard("POST backupInstances/*/stopProtection"), ...paused("stopProtection")],
          "stopped the protection of {instance}; its recovery points are kept for ever",
        ),
      ),
    },
  },
  {
    situation: 'the guard approves of the suspension of backups, onDelete is "suspendBackups"',
    given: guarded,
    declares: (site) => site.diskBackup({ onDelete: "suspendBackups" }),
    reactions: {
      delete: leaving(
        "BackupsSuspended",
        deleted(
          [look, ...refusedByGuard("POST backupInstances/*/suspendBackups"), ...paused("suspendBackups")],
          "suspended the backups of {instance}; its recovery points are kept as the policy says",
        ),
      ),
    },
  },
  {
    situation: "the guard approves of another policy",
    given: guarded,
    declares: otherPolicy,
    declaredBefore,
    reactions: {
      update: green([look, ...changeApproved, seenProtected]),
    },
  },
  {
    situation: "the guard approves of a policy that keeps backups for a shorter time",
    given: guardedAccountAndShorterPolicy,
    declares: (site) => site.blobBackup(["invoices"], { policyId: site.policyId("blob-shorter") }),
    declaredBefore: vaulted,
    reactions: { update: green([look, ...changeApproved, seenProtected]) },
  },
  {
    situation: "the guard approves of taking over what another tool protects",
    given: protectedByOthersAndGuarded,
    reactions: { create: green([look, ...changeApproved, seenProtected]) },
  },
  {
    situation: "the guard does not watch over deletions",
    given: protectedThen(async (site) =>
      site.guard(["Microsoft.DataProtection/backupVaults/backupInstances/delete"]),
    ),
    reactions: { delete: leaving("nothing", deleted([look, ...deletion, ...goneForGood])) },
  },
  {
    situation: "the guard approves, and the vault is immutable as well",
    place: { immutability: "Locked" },
    given: guardedAccount,
    declares: vaulted,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          "deleting backup instance {blobInstance}: UserErrorImmutableVaultOperationNotAllowed: The backup " +
            "data of the backup instance account{n}-{guid} cannot be deleted, because the Backup vault {vault} " +
            "is immutable. Stop protection and retain the data, or disable immutability if it is not locked. " +
            "Vault {vault} is immutable for good, so nobody can delete its backups before they expire: declare " +
            'onDelete: "suspendBackups" and run the update, then delete, which ends the backups and lets the ' +
            "old ones expire as the policy says. (correlation id {id})",
          [
            ...deletionRefused,
            unlocked,
            "DELETE backupInstances/* 400 UserErrorImmutableVaultOperationNotAllowed",
          ],
        ),
      ),
    },
  },
  {
    situation: "the vault is unbound from the guard when its approval is asked for",
    given: unboundMeanwhile,
    reactions: {
      delete: leaving(
        "nothing",
        deleted([
          ...deletionRefused,
          `${unlocking} 404 UserErrorGenericResourceNotFound`,
          ...deletion,
          ...goneForGood,
        ]),
      ),
    },
  },
  {
    situation: "the vault is gone when the approval of its guard is asked for",
    given: vaultGoneMeanwhile,
    reactions: {
      delete: deleted([
        ...deletionRefused,
        `${unlocking} 404 ParentResourceNotFound (status 404)`,
        "DELETE backupInstances/* 404 ParentResourceNotFound (status 404)",
        "GET deletedBackupInstances/* 404 ParentResourceNotFound (status 404)",
        "GET backupInstances/* 404 ParentResourceNotFound (status 404)",
      ]),
    },
  },
  {
    situation: "an interrupted run has had the guard's approval of the deletion",
    given: protectedThen(async (site) => {
      await site.guard();
      await site.unlockDeletion();
    }),
    reactions: { delete: leaving("nothing", deleted([look, ...deletion, ...goneForGood])) },
  },
  {
    situation: "the guard watches over deletions, and the instance is gone",
    given: async (site) => site.guard(),
    reactions: { delete: deleted([...lookForNew, "DELETE backupInstances/* 204", notRecoverable]) },
  },
  {
    situation: "another tool has left its approval on the instance, and the vault has no guard any more",
    given: protectedThen(({ control, instanceId, guardId }) =>
      control.setInstance(instanceId, {
        shownAs: { resourceGuardOperationRequests: [`${guardId}/dppModifyPolicy/default`] },
      }),
    ),
    declares: otherPolicy,
    declaredBefore,
    reactions: { update: green([look, ...changed, seenProtected]) },
  },
];
