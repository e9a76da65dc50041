import {
  binding,
  grant,
  granted,
  group,
  groupMadeThen,
  ownGroupId,
  policy,
  policyKeeping,
} from "./prerequisiteSituations";
import { deleted, goneFromState, green, plan, redAbsent, redKept, shows } from "./reactions";
import type { Scenario } from "./scenario";
import type { Site } from "./site";
import { protectedAccount } from "./situations";

const ofGroup = "/subscriptions/{guid}/resourceGroups/group-{n}";
const seenGroup = `GET ${ofGroup} 200`;
const putGroup = `PUT ${ofGroup} 200`;
const proxy = "backupResourceGuardProxies/DppResourceGuardProxy";
const seenProxy = `GET ${proxy} 200`;
const otherGuard = { declared: (site: { guardId: string }): string => `${site.guardId}-other` };
const nightly = "backupPolicies/nightly-3f0b50af";
const lockedAndLookedAt = [
  "DELETE {account}/providers/Microsoft.Authorization/roleAssignments/{guid} 409 ScopeLocked",
  "GET {account}/providers/Microsoft.Authorization/locks 200",
];
const role = "{account}/providers/Microsoft.Authorization/roleAssignments/{guid}";

/** Groups, bindings to guards, policies and roles that a program's components make. */
export const prerequisiteScenarios: Scenario[] = [
  {
    situation: "own group, with a tag of others",
    given: groupMadeThen({ tags: { owner: "platform", audited: "2026", "pulumi-stack": "shop/dev" } }),
    declares: group({ tags: { owner: "storage" } }),
    declaredBefore: group(),
    reactions: {
      preview: plan("update", [seenGroup]),
      update: green([seenGroup, seenGroup, putGroup, seenGroup]),
      refresh: shows("drift of nothing", [seenGroup]),
    },
  },
  {
    situation: "own group, without one of its tags",
    given: groupMadeThen({ tags: { "pulumi-stack": "shop/dev" } }),
    declares: group(),
    reactions: { refresh: shows("drift of tags", [seenGroup]) },
  },
  {
    situation: "own group, in another region",
    given: groupMadeThen({ location: "northeurope" }),
    declares: group(),
    reactions: { refresh: shows("drift of location", [seenGroup]) },
  },
  {
    situation: "own group, gone",
    declares: group(),
    reactions: { refresh: goneFromState([`GET ${ofGroup} 404 ResourceGroupNotFound`]) },
  },
  {
    situation: "own group, under a new name in the program, and its create fails",
    given: async (site: Site): Promise<void> => {
      await groupMadeThen()(site);
      site.control.injectFault({
        match: { method: "PUT", path: new RegExp(ownGroupId(site)) },
        fault: {
          status: 403,
          body: {
            error: { code: "RequestDisallowedByPolicy", message: "Resource was disallowed by policy." },
          },
        },
      });
    },
    declares: group({ tags: { owner: "storage" } }),
    declaredBefore: group(),
    reactions: {
      rename: redAbsent(
        `creating resource group ${ofGroup}: RequestDisallowedByPolicy: Resource was disallowed by policy. An Azure Policy of your ` +
          "organisation refuses this, and is named above: declare what it demands (`tags` of the vault, of SnapshotResourceGroup, " +
          "DiskBackup or BackupFleet; `location`), or ask its owner for an exemption. (correlation id {id})",
        [seenGroup, `PUT ${ofGroup} 403 RequestDisallowedByPolicy (status 403)`],
      ),
    },
  },
  {
    situation: "own binding, as declared",
    given: async (site: Site): Promise<void> => site.guard(),
    declares: binding(),
    reactions: {
      preview: plan("same", [seenProxy]),
      refresh: shows("drift of nothing", [seenProxy]),
      create: green([seenProxy]),
    },
  },
  {
    situation: "own binding, unbound by others",
    given: async (site: Site): Promise<void> => {
      await site.guard();
      site.control.unbindGuard(site.vaultId);
    },
    declares: binding(),
    reactions: {
      update: green(
        [
          `GET ${proxy} 404 UserErrorGenericResourceNotFound`,
          `GET ${proxy} 404 UserErrorGenericResourceNotFound`,
          `PUT ${proxy} 200`,
          seenProxy,
        ],
        "warning: the binding to a Resource Guard is gone: this update creates it again",
      ),
    },
  },
  {
    situation: "own binding, bound to another guard by others",
    given: async (site: Site): Promise<void> => site.guard(),
    declares: binding(otherGuard.declared),
    reactions: {
      create: redAbsent(
        `creating binding to a Resource Guard {vault}/${proxy}: resourceGuardId: the binding to a Resource Guard has ` +
          '`resourceGuardId: "{guard}"` in Azure, set outside of this program, which declares `resourceGuardId: "{guard}-other"`: ' +
          'an update would weaken it. Declare `resourceGuardId: "{guard}"` to keep it. If `resourceGuardId: "{guard}-other"` is meant, ' +
          "declare what is there for one update first, and then that (correlation id {id})",
        [seenProxy],
      ),
    },
  },
  {
    situation: "own policy, as declared",
    given: policyKeeping("P7D"),
    declares: policy(),
    reactions: {
      create: green([`GET ${nightly} 200`]),
      refresh: shows("drift of nothing", [`GET ${nightly} 200`]),
    },
  },
  {
    situation: "own policy, new",
    declares: policy(),
    reactions: {
      create: green([`GET ${nightly} 404 UserErrorGenericResourceNotFound`, `PUT ${nightly} 200`]),
    },
  },
  {
    situation: "own policy, that keeps backups for longer in Azure",
    given: policyKeeping("P30D"),
    declares: policy(),
    reactions: {
      create: redAbsent(
        `creating backup policy {vault}/${nightly}: keep: the backup policy has \`a policy that keeps backups for P30D\` in Azure, set ` +
          "outside of this program, which declares `a policy that keeps backups for P7D`: an update would weaken it. Declare `a policy " +
          "that keeps backups for P30D` to keep it. If `a policy that keeps backups for P7D` is meant, declare what is there for one update " +
          "first, and then that (correlation id {id})",
        [`GET ${nightly} 200`],
      ),
    },
  },
  {
    situation: "own policy, that keeps backups for a shorter time in Azure",
    given: policyKeeping("P3D"),
    declares: policy(),
    reactions: {
      create: redAbsent(
        `creating backup policy {vault}/${nightly}: UserErrorBMSUpdatePolicyNotSupported: Update of existing policy is not supported. Please create a new policy. (correlation id {id})`,
        [`GET ${nightly} 200`, `PUT ${nightly} 400 UserErrorBMSUpdatePolicyNotSupported`],
      ),
    },
  },
  {
    situation: "own role, new",
    declares: grant,
    reactions: {
      create: green([`GET ${role} 404 RoleAssignmentNotFound`, `PUT ${role} 201`]),
      refresh: goneFromState([`GET ${role} 404 RoleAssignmentNotFound`]),
    },
  },
  {
    situation: "own role, as declared",
    given: granted,
    declares: grant,
    reactions: {
      create: green([`GET ${role} 200`]),
      refresh: shows("drift of nothing", [`GET ${role} 200`]),
    },
  },
  {
    situation: "own role, where nobody may look",
    given: goesWrongAtRole(403),
    declares: grant,
    reactions: { create: green([`GET ${role} 403 Forbidden (status 403)`, `PUT ${role} 201`]) },
  },
  {
    situation: "own role, on an account that Azure Backup has not unlocked yet",
    given: async (site: Site): Promise<void> => {
      await granted(site);
      await protectedAccount()(site);
      site.control.delayUnlock(site.accountId, 500);
      await site.estate.delete(site.blobInstanceId, "2025-07-01");
      while ((await site.stateOf(site.blobInstanceId)) !== undefined) {
        // The service deletes it.
      }
    },
    declares: grant,
    reactions: {
      delete: deleted(["GET backupInstances 200", ...lockedAndLookedAt, `DELETE ${role} 200`]),
    },
  },
  {
    situation: "own role, on an account that somebody has locked",
    given: async (site: Site): Promise<void> => {
      await granted(site);
      await site.estate.put(`${site.accountId}/providers/Microsoft.Authorization/locks/mine`, "2020-05-01", {
        properties: { level: "CanNotDelete" },
      });
    },
    declares: grant,
    reactions: {
      delete: redKept(
        `deleting role assignment ${role}: ScopeLocked: The scope '${role}' cannot perform delete operation because following ` +
          "scope(s) are locked: '{account}'. Please remove the lock and try again. Somebody protects these scopes by a management " +
          "lock: remove it (`az lock list` shows it), run this again, and put it back. (correlation id {id})",
        ["GET backupInstances 200", ...lockedAndLookedAt],
      ),
    },
  },
];

function goesWrongAtRole(status: number): Scenario["given"] {
  return ({ control, accountId }) =>
    void control.injectFault({
      match: { method: "GET", path: new RegExp(`${accountId}/providers/Microsoft.Authorization`) },
      fault: { status },
    });
}
