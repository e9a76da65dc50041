import type { ArmError } from "../azure/http/errors";
import { refusedAccessOf } from "../azure/http/refusedAccess";

/** What gives an action: the least of Azure's built-in roles, and where it can be assigned. */
interface Remedy {
  action: RegExp;
  role: string;
  /** From the scope that was refused to the one that the role is assigned on. */
  scope: (refused: string) => string;
  /** What people can do instead. */
  otherwise?: string;
}

const subscriptionOf = startOf(/^\/subscriptions\/[^/]+/i);
const groupOf = startOf(/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+/i);
const guardOf = startOf(/^.*\/resourceGuards\/[^/]+/i);

function startOf(pattern: RegExp): (refused: string) => string {
  return (refused) => pattern.exec(refused)?.[0] ?? refused;
}

/** What an assignment or a lock is on, or what a list asks about. */
function extended(refused: string): string {
  return refused.replace(/\/providers\/Microsoft\.(Authorization(\/.*)?|DataProtection(\/[^/]*)?)$/i, "");
}

/** A vault may not be there yet, so a role on what is in its resource group is named; of a datasource, on that alone. */
function vaultGroupOf(refused: string): string {
  return /\/backupVaults(\/|$)/i.test(refused) ? groupOf(refused) : extended(refused);
}

const instanceActions = "write|delete|backup/action|restore/action|validateRestore/action";
const vaultActions = `write|validateForBackup/action|backupInstances/(${instanceActions})|backupPolicies/(write|delete)|deletedBackupInstances/undelete/action`;

/**
 * What gives each action that a stack asks for; the first one counts. The roles for backup have no action that stops, suspends,
 * resumes or repairs protection, that validates a change, or that deletes a vault (MicrosoftDocs/azure-docs,
 * built-in-roles/storage.md, 2024-04-25).
 */
const remedies: readonly Remedy[] = [
  {
    action: /^Microsoft\.Authorization\/roleAssignments\/(write|delete)$/i,
    role: "Role Based Access Control Administrator",
    scope: extended,
    otherwise:
      '"User Access Administrator" and "Owner" do as well; or have somebody assign the vault\'s roles, and declare ' +
      'roles: "existing"',
  },
  {
    action: /^Microsoft\.Authorization\/locks\/(write|delete)$/i,
    role: "User Access Administrator",
    scope: extended,
  },
  {
    action: /^Microsoft\.Resources\/subscriptions\/resourceGroups\/write$/i,
    role: "Contributor",
    scope: subscriptionOf,
    otherwise: "or declare a resource group that is there",
  },
  { action: /\/register\/action$/i, role: "Contributor", scope: subscriptionOf },
  { action: /^Microsoft\.ResourceGraph\//i, role: "Reader", scope: subscriptionOf },
  {
    action: /^Microsoft\.ManagedIdentity\/userAssignedIdentities\/(.*\/)?assign\/action$/i,
    role: "Managed Identity Operator",
    scope: (refused) => refused,
  },
  {
    action: /^Microsoft\.DataProtection\/resourceGuards\/[^/]+\/read$/i,
    role: "Backup MUA Operator",
    scope: guardOf,
  },
  { action: /^Microsoft\.DataProtection\/backupVaults\/.*read$/i, role: "Reader", scope: vaultGroupOf },
  { action: /\/read$/i, role: "Reader", scope: extended },
  {
    action: new RegExp(`^Microsoft\\.DataProtection/backupVaults/(${vaultActions})$`, "i"),
    role: "Backup Contributor",
    scope: vaultGroupOf,
  },
  { action: /^/, role: "Contributor", scope: vaultGroupOf },
];

/**
 * What to do about a right that those who deploy lack. It follows from what was refused: the action and the scope.
 *
 * @example
 * ```ts
 * adviseRights(error); // 'This is about the identity that deploys ...: give it the role "Reader" on /subscriptions/... (`az role ...`)'
 * ```
 */
export function adviseRights(error: ArmError): string {
  const { action, scope, principalId = "<its object id>" } = refusedAccessOf(error);
  const remedy = remedies.find((one) => one.action.test(action));
  const [role, roleScope] = [remedy?.role ?? "", remedy?.scope(scope) ?? ""];
  const command = `az role assignment create --assignee-object-id ${principalId} --role "${role}" --scope "${roleScope}"`;
  const otherwise = remedy?.otherwise === undefined ? "" : ` (${remedy.otherwise})`;
  return (
    "This is about the identity that deploys, not about the vault's: give it the role " +
    `"${role}" on ${roleScope} with \`${command}\`${otherwise}, and run this again once that counts.`
  );
}
