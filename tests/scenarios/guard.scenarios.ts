import { otherTenantId } from "../../emulator";
import { deleted, green, leaving, redAsBefore, redKept } from "./reactions";
import { deletion, look, notRecoverable, ran, refusedByGuard, seenProtected, unlocked } from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { protectedAccount, protectedThen } from "./situations";

const guarded = protectedThen(async (site) => site.guard());
const withheld = protectedThen(async (site) => {
  await site.guard();
  site.control.withholdApproval(site.guardId);
});
const inOtherTenant = { isGuardInOtherTenant: true } as const;
const auxiliaryTenant = { "azure-native:auxiliaryTenantIds": JSON.stringify([otherTenantId]) };
const otherPolicy = (site: Site): object => site.diskBackup({ policyId: site.policyId("disk-four-hourly") });
const declaredBefore = (site: Site): object => site.diskBackup();
const stopping = (site: Site): object => site.diskBackup({ onDelete: "stopProtection" });
const deletionRefused = [look, ...refusedByGuard("DELETE backupInstances/*")];
const linkRefused =
  "POST backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete 403 LinkedAuthorizationFailed";

/** What is said where the identity that deploys has no right on the guard. */
function withoutRight(refused: {
  doing: string;
  action: string;
  scope: string;
  kind: string;
  operation: string;
}): string {
  const { doing, action, scope, kind, operation } = refused;
  return (
    `${doing} backup instance {instance}: LinkedAuthorizationFailed: The client '{guid}' with object id '{guid}' has ` +
    `permission to perform action 'Microsoft.DataProtection/backupVaults/${action}' on scope '${scope}'; however, it ` +
    `does not have permission to perform action(s) 'Microsoft.DataProtection/resourceGuards/${kind}/read' on the linked ` +
    `scope(s) '{guard}/${kind}/default' (respectively) or the linked scope(s) are invalid. Resource Guard {guard} ` +
    `watches over backupInstances/${operation} in vault {vault}: ask its owner for the role "Backup MUA Operator" on it ` +
    '(`az role assignment create --assignee {guid} --role "Backup MUA Operator" --scope "{guard}"`), and run this again ' +
    "while you have it. (correlation id {id})"
  );
}

async function guardedAccount(site: Site): Promise<void> {
  await protectedAccount(["invoices"])(site);
  await site.guard();
}

async function unboundMeanwhile(site: Site): Promise<void> {
  await guarded(site);
  const error = { code: "UserErrorGenericResourceNotFound", message: "Azure resource does not exist." };
  site.control.injectFault({ match: { path: /\/unlockDelete$/ }, fault: { status: 404, body: { error } } });
}

/** Operations that a Resource Guard watches over: asked for plainly, and once more with its approval. */
export const guardScenarios: Scenario[] = [
  {
    situation: "the guard approves of a deletion",
    given: guarded,
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, notRecoverable])),
    },
  },
  {
    situation: 'the guard approves of the end of protection, onDelete is "stopProtection"',
    given: guarded,
    declares: stopping,
    reactions: {
      delete: leaving(
        "ProtectionStopped",
        deleted(
          [look, ...refusedByGuard("POST backupInstances/*/stopProtection"), ...ran("stopProtection")],
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
          [look, ...refusedByGuard("POST backupInstances/*/suspendBackups"), ...ran("suspendBackups")],
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
      update: green([
        look,
        "POST backupInstances/*/validateForModifyBackup 202",
        "GET operationStatus 200 Succeeded",
        ...refusedByGuard("PUT backupInstances/*"),
        "PUT backupInstances/* 201 UpdatingProtection",
        "GET operationStatus 200 Succeeded",
        seenProtected,
      ]),
    },
  },
  {
    situation: "the guard does not watch over deletions",
    given: protectedThen(async (site) =>
      site.guard(["Microsoft.DataProtection/backupVaults/backupInstances/delete"]),
    ),
    reactions: { delete: leaving("nothing", deleted([look, ...deletion, notRecoverable])) },
  },
  {
    situation: "nobody has a right on the guard",
    given: withheld,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          withoutRight({
            doing: "deleting",
            action: "backupResourceGuardProxies/unlockDelete/action",
            scope: "{vault}/backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete",
            kind: "deleteBackupInstanceRequests",
            operation: "delete",
          }),
          [...deletionRefused, linkRefused],
        ),
      ),
    },
  },
  {
    situation: 'nobody has a right on the guard, onDelete is "stopProtection"',
    given: withheld,
    declares: stopping,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          withoutRight({
            doing: "deleting",
            action: "backupInstances/stopProtection/action",
            scope: "{instance}/stopProtection",
            kind: "dppDisableStopProtectionRequests",
            operation: "stopProtection/action",
          }),
          [
            look,
            ...refusedByGuard("POST backupInstances/*/stopProtection"),
            "POST backupInstances/*/stopProtection 403 LinkedAuthorizationFailed",
          ],
        ),
      ),
    },
  },
  {
    situation: "nobody has a right on the guard, and the policy is changed",
    given: withheld,
    declares: otherPolicy,
    declaredBefore,
    reactions: {
      update: leaving(
        "ProtectionConfigured",
        redAsBefore(
          withoutRight({
            doing: "updating",
            action: "backupInstances/write",
            scope: "{instance}",
            kind: "dppModifyPolicy",
            operation: "write",
          }),
          [
            look,
            "POST backupInstances/*/validateForModifyBackup 202",
            "GET operationStatus 200 Succeeded",
            ...refusedByGuard("PUT backupInstances/*"),
            "PUT backupInstances/* 403 LinkedAuthorizationFailed",
          ],
        ),
      ),
    },
  },
  {
    situation: "the guard is in another tenant, which the stack names",
    place: inOtherTenant,
    given: guarded,
    config: auxiliaryTenant,
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, notRecoverable])),
    },
  },
  {
    situation: 'the guard is in another tenant, which the stack names, onDelete is "stopProtection"',
    place: inOtherTenant,
    given: guarded,
    declares: stopping,
    config: auxiliaryTenant,
    reactions: {
      delete: leaving(
        "ProtectionStopped",
        deleted(
          [look, ...refusedByGuard("POST backupInstances/*/stopProtection"), ...ran("stopProtection")],
          "stopped the protection of {instance}; its recovery points are kept for ever",
        ),
      ),
    },
  },
  {
    situation: "the guard is in another tenant, which the stack does not name",
    place: inOtherTenant,
    given: guarded,
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          "deleting backup instance {instance}: LinkedAuthorizationFailed: The client has permission to " +
            "perform action " +
            "'Microsoft.DataProtection/backupVaults/backupResourceGuardProxies/unlockDelete/action' on scope " +
            "'{vault}/backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete', however the current tenant " +
            "'{guid}' is not authorized to access linked subscription '{guid}'. Resource Guard {guard} watches " +
            "over backupInstances/delete in vault {vault}, and is in another tenant: name that tenant in " +
            'azure-native:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS), as a list: ["<tenant id>"]. The ' +
            'identity that deploys must exist there too, and have the role "Backup MUA Operator" on the guard. ' +
            "(correlation id {id})",
          [...deletionRefused, linkRefused],
        ),
      ),
    },
  },
  {
    situation: "the guard is in another tenant, and the stack names one that does not exist",
    place: inOtherTenant,
    given: guarded,
    config: { "azure-native:auxiliaryTenantIds": '["00000000-0000-0000-0000-00000000dead"]' },
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          "authenticating as a Service Principal using a Client Secret (tenant {guid}, client {guid}, " +
            "authority https://{endpoint}, scope https://{endpoint}/.default): AADSTS90002: Tenant '{guid}' not " +
            "found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. " +
            "Check with your subscription administrator, this may happen if there are no active subscriptions " +
            "for the tenant. Check azure-native:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS) and the cloud " +
            "(azure-native:environment): there is no such tenant in it.",
          deletionRefused,
        ),
      ),
    },
  },
  {
    situation: "the guard is in the vault's subscription, and the stack names a tenant that does not exist",
    given: guarded,
    config: { "azure-native:auxiliaryTenantIds": '["00000000-0000-0000-0000-00000000dead"]' },
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, notRecoverable])),
    },
  },
  {
    situation: "the guard approves, and the vault is immutable as well",
    place: { immutability: "Locked" },
    given: guardedAccount,
    declares: (site) => site.blobBackup(["invoices"]),
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
    situation: "the guard is unbound when its approval is asked for",
    given: unboundMeanwhile,
    reactions: {
      delete: redKept(
        "deleting backup instance {instance}: UserErrorGenericResourceNotFound: Azure resource does not " +
          "exist. Somebody has unbound vault {vault} from its Resource Guard meanwhile: run this again. (correlation id {id})",
        [
          ...deletionRefused,
          "POST backupResourceGuardProxies/DppResourceGuardProxy/unlockDelete 404 UserErrorGenericResourceNotFound (status 404)",
        ],
      ),
    },
  },
];
