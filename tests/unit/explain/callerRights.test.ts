import { readFileSync } from "node:fs";
import path from "node:path";
import { ArmError } from "../../../provider/azure/http/errors";
import { explainFailure } from "../../../provider/explain/explainFailure";

const readme = readFileSync(path.resolve(__dirname, "../../../README.md"), "utf8");
const subscription = "/subscriptions/00000000-0000-0000-0000-000000000001";
const group = `${subscription}/resourceGroups/shop`;
const vaultId = `${group}/providers/Microsoft.DataProtection/backupVaults/backups`;
const instanceId = `${vaultId}/backupInstances/data`;
const diskId = `${group}/providers/Microsoft.Compute/disks/data`;
const guardId = `${group}/providers/Microsoft.DataProtection/resourceGuards/guard`;
const identityId = `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mine`;
const assignmentId = `${diskId}/providers/Microsoft.Authorization/roleAssignments/a`;
const caller = "11111111-2222-4333-8444-555555555555";

interface Refused {
  request: { method: string; path: string };
  message?: string;
}

/** Resource Manager's sentence, as in the documents on `AuthorizationFailed`. */
const sentence = (action: string, scope: string): string =>
  `The client '${caller}' with object id '${caller}' does not have authorization to perform action '${action}' over scope ` +
  `'${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`;
const linked = (action: string, scope: string): string =>
  `The client '${caller}' with object id '${caller}' has permission to perform action 'x/write' on scope '${vaultId}'; ` +
  `however, it does not have permission to perform action(s) '${action}' on the linked scope(s) '${scope}' (respectively) ` +
  "or the linked scope(s) are invalid.";

function adviceOn({ request, message = "Forbidden" }: Refused): string {
  const body = { code: "AuthorizationFailed", message, details: [], additionalInfo: [] };
  return explainFailure("doing it", new ArmError(403, body, request, undefined), { vaultId });
}

const contributor = "Backup Contributor";
const administrator = "Role Based Access Control Administrator";

describe("the remedy for a right that those who deploy lack", () => {
  it.each<[what: string, method: string, path: string, action: string, role: string, scope: string]>([
    [
      "an assignment",
      "PUT",
      assignmentId,
      "Microsoft.Authorization/roleAssignments/write",
      administrator,
      diskId,
    ],
    [
      "its end",
      "DELETE",
      assignmentId,
      "Microsoft.Authorization/roleAssignments/delete",
      administrator,
      diskId,
    ],
    [
      "a group",
      "PUT",
      group,
      "Microsoft.Resources/subscriptions/resourceGroups/write",
      "Contributor",
      subscription,
    ],
    [
      "its end",
      "DELETE",
      group,
      "Microsoft.Resources/subscriptions/resourceGroups/delete",
      "Contributor",
      group,
    ],
    ["a look at it", "GET", group, "Microsoft.Resources/subscriptions/resourceGroups/read", "Reader", group],
    ["a vault", "PUT", vaultId, "Microsoft.DataProtection/backupVaults/write", contributor, group],
    ["its end", "DELETE", vaultId, "Microsoft.DataProtection/backupVaults/delete", "Contributor", group],
    ["a look at it", "GET", vaultId, "Microsoft.DataProtection/backupVaults/read", "Reader", group],
    [
      "a policy",
      "PUT",
      `${vaultId}/backupPolicies/daily`,
      "Microsoft.DataProtection/backupVaults/backupPolicies/write",
      contributor,
      group,
    ],
    [
      "an instance",
      "PUT",
      instanceId,
      "Microsoft.DataProtection/backupVaults/backupInstances/write",
      contributor,
      group,
    ],
    [
      "its end",
      "DELETE",
      instanceId,
      "Microsoft.DataProtection/backupVaults/backupInstances/delete",
      contributor,
      group,
    ],
    [
      "the validation",
      "POST",
      `${vaultId}/validateForBackup`,
      "Microsoft.DataProtection/backupVaults/validateForBackup/action",
      contributor,
      group,
    ],
    [
      "a resumption",
      "POST",
      `${instanceId}/resumeProtection`,
      "Microsoft.DataProtection/backupVaults/backupInstances/resumeProtection/action",
      "Contributor",
      group,
    ],
    [
      "a list",
      "GET",
      `${vaultId}/backupInstances`,
      "Microsoft.DataProtection/backupVaults/backupInstances/read",
      "Reader",
      group,
    ],
    [
      "who protects a disk",
      "GET",
      `${diskId}/providers/Microsoft.DataProtection/backupInstances`,
      "Microsoft.DataProtection/backupInstances/read",
      "Reader",
      diskId,
    ],
    ["a look at a disk", "GET", diskId, "Microsoft.Compute/disks/read", "Reader", diskId],
  ])("%s: %s %s", (_, method, asked, action, role, scope) => {
    const named = `give it the role "${role}" on ${scope} with \`az role assignment create --assignee-object-id`;
    const request = { method, path: asked };
    expect(adviceOn({ request, message: sentence(action, asked) })).toContain(
      `${named} ${caller} --role "${role}"`,
    );
    expect(adviceOn({ request })).toContain(`${named} <its object id> --role "${role}" --scope "${scope}"`);
    expect(readme).toMatch(new RegExp(`\\*${role}\\*.*\\|`));
  });

  it.each([
    [
      "an identity",
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
      identityId,
      "Managed Identity Operator",
    ],
    ["a guard", "Microsoft.DataProtection/resourceGuards/read", guardId, "Reader"],
    [
      "a guard's approval",
      "Microsoft.DataProtection/resourceGuards/deleteBackupInstanceRequests/read",
      `${guardId}/deleteBackupInstanceRequests/default`,
      "Backup MUA Operator",
    ],
  ])("%s that a request names", (_, action, scope, role) => {
    const advice = adviceOn({ request: { method: "PUT", path: vaultId }, message: linked(action, scope) });
    expect(advice).toContain(`give it the role "${role}" on ${scope.replace(/\/deleteBackup.*/, "")} with`);
    expect(readme).toMatch(new RegExp(`\\*${role}\\*.*\\|`));
  });

  it("is none of the caller's where the service hands on what the vault's identity has met", () => {
    const message = sentence("Microsoft.Compute/disks/read", diskId);
    const advice = adviceOn({ request: { method: "POST", path: `${vaultId}/validateForBackup` }, message });
    expect(advice).toContain(`The identity of vault ${vaultId} needs its roles`);
  });

  it("is none where the organisation's policy is in the way", () => {
    const message = "Resource 'backups' was disallowed by policy. Policy identifiers: ...";
    expect(adviceOn({ request: { method: "PUT", path: vaultId }, message })).not.toContain("the role");
  });
});
