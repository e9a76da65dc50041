import { otherTenantId } from "../../emulator";
import { deleted, green, leaving, redAsBefore, redKept } from "./reactions";
import {
  changeApproved,
  changeRefusedByGuard,
  deletion,
  look,
  goneForGood,
  refusedByGuard,
  seenProtected,
  unlocked,
  unlocking,
  paused,
} from "./requests";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { guarded, protectedThen } from "./situations";

const withheld = protectedThen(async (site) => {
  await site.guard();
  site.control.withholdApproval(site.guardId);
});
const inOtherTenant = { isGuardInOtherTenant: true } as const;
const naming = (tenantId: string): Record<string, string> => ({
  "azure-native:auxiliaryTenantIds": JSON.stringify([tenantId]),
});
const noTenantId = "00000000-0000-0000-0000-00000000dead";
const otherPolicy = (site: Site): object => site.diskBackup({ policyId: site.policyId("disk-four-hourly") });
const declaredBefore = (site: Site): object => site.diskBackup();
const stopping = (site: Site): object => site.diskBackup({ onDelete: "stopProtection" });
const deletionRefused = [look, ...refusedByGuard("DELETE backupInstances/*")];
const unlockingRefused = `${unlocking} 403 LinkedAuthorizationFailed`;

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

/** Who may have a Resource Guard's approval: those with a right on it, in its own tenant or in another one that the stack names. */
export const guardAccessScenarios: Scenario[] = [
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
          [...deletionRefused, unlockingRefused],
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
          [look, ...changeRefusedByGuard, "PUT backupInstances/* 403 LinkedAuthorizationFailed"],
        ),
      ),
    },
  },
  {
    situation: "the guard is in another tenant, which the stack names",
    place: inOtherTenant,
    given: guarded,
    config: naming(otherTenantId),
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, ...goneForGood])),
    },
  },
  {
    situation: 'the guard is in another tenant, which the stack names, onDelete is "stopProtection"',
    place: inOtherTenant,
    given: guarded,
    declares: stopping,
    config: naming(otherTenantId),
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
    situation: "the guard is in another tenant, which the stack names, and the policy is changed",
    place: inOtherTenant,
    given: guarded,
    declares: otherPolicy,
    declaredBefore,
    config: naming(otherTenantId),
    reactions: { update: green([look, ...changeApproved, seenProtected]) },
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
          [...deletionRefused, unlockingRefused],
        ),
      ),
    },
  },
  {
    situation: "the guard is in another tenant, and the stack names one that does not exist",
    place: inOtherTenant,
    given: guarded,
    config: naming(noTenantId),
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
    situation: 'the stack has an api-version that has no place for approvals, onDelete is "stopProtection"',
    given: guarded,
    declares: stopping,
    config: { "azure-dataprotection:apiVersion": "2024-03-01" },
    reactions: {
      delete: leaving(
        "ProtectionConfigured",
        redKept(
          "deleting backup instance {instance}: UserErrorResourceGuardApprovalRequired: The operation is protected " +
            "by the Resource Guard {guard}. Get access to the Resource Guard from its owner, and name " +
            "{guard}/dppDisableStopProtectionRequests/default in resourceGuardOperationRequests. Resource Guard " +
            "{guard} watches over backupInstances/stopProtection/action in vault {vault}, and its approval can be " +
            "named from api-version 2024-04-01 on: set azure-dataprotection:apiVersion to that or a newer one, or " +
            "remove it. (correlation id {id})",
          [look, ...refusedByGuard("POST backupInstances/*/stopProtection")],
        ),
      ),
    },
  },
  {
    situation: "the stack has an api-version that has a place for approvals of deletions only",
    given: guarded,
    config: { "azure-dataprotection:apiVersion": "2024-03-01" },
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, ...goneForGood])),
    },
  },
  {
    situation: "the guard is in the vault's subscription, and the stack names a tenant that does not exist",
    given: guarded,
    config: naming(noTenantId),
    reactions: {
      delete: leaving("nothing", deleted([...deletionRefused, unlocked, ...deletion, ...goneForGood])),
    },
  },
];
