import { describeSetting } from "../azure/account/settings";
import { selectionOf } from "../dataProtection/containers";
import type { Datasource } from "../dataProtection/datasource";
import { kindOf } from "../dataProtection/datasourceKinds";
import type { BackupRole } from "../dataProtection/roles";
import type { RefusedOperation } from "../dataProtection/criticalOperation";
import { apiVersionKey } from "../dataProtection/service";
import type { ServiceError } from "../dataProtection/serviceError";
import { isOnlyMissingPermissions, lacksIdentity } from "../dataProtection/refusals";
import { principalIn } from "../dataProtection/serviceError";

/** What a failure was about, for the advice that names it. */
export interface FailureContext {
  vaultId: string;
  /** Not known when an instance is read that state knows nothing of. */
  policyId?: string;
  datasource?: Datasource | undefined;
  /** What the vault's identity needs, where it is other than what protection needs: for a restore. */
  requiredRoles?: readonly { role: BackupRole; scope: string }[];
  /** ARM id of the instance that protects the datasource already, if that is why it failed. */
  protectorId?: string;
  /** What was refused, if it may cost backups. */
  refused?: RefusedOperation;
}

interface Advice {
  appliesTo: (error: ServiceError, context: FailureContext) => boolean;
  advise: (error: ServiceError, context: FailureContext) => string;
}

/**
 * What to do about an error of the service, where we know more than the service's own recommendation. First match wins.
 * What an immutable vault answers is on no record, so it is told by the vault's settings where no code says something else.
 */
const advices: Advice[] = [
  { appliesTo: lacksIdentity, advise: adviseIdentity },
  { appliesTo: isOnlyMissingPermissions, advise: adviseGrants },
  {
    appliesTo: ({ code }, { protectorId }) =>
      protectorId !== undefined || /^UserErrorDppDatasourceAlready(Protected|HasBackupInstance)$/.test(code),
    advise: adviseOneProtection,
  },
  {
    appliesTo: ({ code }) => code === "UserErrorDatasourceAndBackupVaultLocationMismatch",
    advise: (_, { vaultId }) =>
      `Vault and datasource must be in one region: use a vault in the datasource's region instead of ${vaultId}.`,
  },
  {
    appliesTo: ({ code }) => code === "UserErrorUnsupportedStorageAccountType",
    advise: () =>
      'A datasource of kind "blob" must be a general-purpose v2 account of standard performance without NFS, SFTP and ' +
      'hierarchical namespace; an account with a hierarchical namespace is of kind "adls".',
  },
  {
    appliesTo: ({ code }) => code === "UserErrorNoContainersSelectedForOperation",
    advise: () =>
      "A policy for vaulted backup needs containers: name them in datasource.containers, or declare a policy for operational " +
      "backup.",
  },
  {
    appliesTo: ({ code }) => code === "HTTP 406",
    advise: () =>
      "Azure Backup answers so in place of its reason when a request accepts anything else than plain `application/json`, " +
      "which this package sends: look for a proxy on the way that rewrites the header Accept.",
  },
  {
    appliesTo: ({ code }) => /^(ParentResourceNotFound|ResourceNotFound|ResourceGroupNotFound)$/.test(code),
    advise: (_, { vaultId }) => `Vault ${vaultId} is not there: create it first, or correct vaultId.`,
  },
  {
    appliesTo: ({ code }) => code === "UserErrorGenericResourceNotFound",
    advise: (_, { vaultId, policyId }) =>
      `Check that policy ${policyId ?? "of the instance"} exists in vault ${vaultId}.`,
  },
  {
    appliesTo: ({ code }) => code === "ScopeLocked",
    advise: () =>
      "Somebody protects these scopes by a management lock: remove it (`az lock list` shows it), run this again, and put " +
      "it back.",
  },
  {
    appliesTo: ({ code, message }) =>
      code === "RequestDisallowedByPolicy" || /disallowed by policy/i.test(message),
    advise: () =>
      "An Azure Policy of your organisation refuses this, and is named above: declare what it demands (`tags` of the vault, " +
      "of SnapshotResourceGroup, DiskBackup or BackupFleet; `location`), or ask its owner for an exemption.",
  },
  {
    appliesTo: (_, { refused }) => refused?.approval === undefined && watchedOperations(refused).length > 0,
    advise: (_, context) =>
      `${describeWatch(context)}, and its approval can be named from api-version 2024-04-01 on: set ${apiVersionKey} to that ` +
      "or a newer one, or remove it.",
  },
  { appliesTo: isOfImmutableVault, advise: adviseImmutability },
];

/** What people can do about an error of the service; `undefined` where its own recommendation is all that is known. */
export function adviceOn(error: ServiceError, context: FailureContext): string | undefined {
  return advices.find(({ appliesTo }) => appliesTo(error, context))?.advise(error, context);
}

/** The vault that protects a datasource already, which the service names only in its sentence (both seeds). */
function protectorOf({ code, message }: ServiceError): string | undefined {
  return /^UserErrorDppDatasourceAlready/.test(code)
    ? /\/subscriptions\/\S+?\/backupVaults\/[A-Za-z][-A-Za-z0-9]*/i.exec(message)?.[0]
    : undefined;
}

function adviseOneProtection(error: ServiceError, { vaultId, protectorId }: FailureContext): string {
  const command = "npx pulumi-azure-dataprotection import --vault-id";
  if (protectorId === undefined) {
    return (
      "A datasource can be protected once only: delete the other backup instance, or bring it under Pulumi with " +
      `\`${command} ${protectorOf(error) ?? vaultId}\`.`
    );
  }
  const [protectorVaultId, name] = protectorId.split(/\/backupInstances\//i);
  return (
    `A datasource can be protected once only, and backup instance ${protectorId} protects this one: bring that under Pulumi ` +
    `with \`${command} ${protectorVaultId} --instance ${name}\`, or end it with \`az dataprotection backup-instance delete ` +
    `--ids ${protectorId}\`.`
  );
}

function adviseIdentity(_: ServiceError, { vaultId }: FailureContext): string {
  return (
    `Vault ${vaultId} has no identity that could be given roles: give it one (\`az dataprotection backup-vault update ` +
    "--type SystemAssigned`), and then its roles."
  );
}

function adviseGrants(error: ServiceError, { vaultId, datasource, requiredRoles }: FailureContext): string {
  const principalId = principalIn(error) ?? "<principal id of the vault's identity>";
  const roles = requiredRoles ?? (datasource && kindOf(datasource).requiredRoles(datasource));
  if (roles === undefined) {
    return `The identity of vault ${vaultId} needs its roles on the datasource.`;
  }
  const commands = roles.map(
    ({ role, scope }) =>
      `az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal ` +
      `--role "${role.name}" --scope "${scope}"`,
  );
  return `The identity of vault ${vaultId} needs: ${commands.join("; ")}`;
}

function describeWatch({ vaultId, refused }: FailureContext): string {
  const operations = watchedOperations(refused).join(" and ");
  return `Resource Guard ${refused?.safeguards.guard?.id} watches over ${operations} in vault ${vaultId}`;
}

function watchedOperations(refused: RefusedOperation | undefined): string[] {
  const { operations = [], safeguards } = refused ?? {};
  return operations.filter((operation) => safeguards?.guard?.requestIds.has(operation));
}

/**
 * What to do where the guard's approval is missing. Which of the two it is stands only in Resource Manager's sentence
 * (aad-pod-identity#613, OpenShift#41).
 */
export function adviseGuard(error: ServiceError, context: FailureContext): string {
  const guardId = context.refused?.safeguards.guard?.id;
  if (/is not authorized to access linked subscription/.test(error.message)) {
    return (
      `${describeWatch(context)}, and is in another tenant: name that tenant in ${describeSetting("auxiliaryTenantIds")}, as a list: ` +
      '["<tenant id>"]. The identity that deploys must exist there too, and have the role "Backup MUA Operator" on the guard.'
    );
  }
  const principalId = principalIn(error) ?? "<object id of the identity that deploys>";
  return (
    `${describeWatch(context)}: ask its owner for the role "Backup MUA Operator" on it (\`az role assignment create --assignee ` +
    `${principalId} --role "Backup MUA Operator" --scope "${guardId}"\`), and run this again while you have it.`
  );
}

/** Immutable vaults keep what lies in them; the snapshots and versions of operational backup lie beside the datasource. */
function isOfImmutableVault(_: ServiceError, { datasource, refused }: FailureContext): boolean {
  return (
    refused !== undefined &&
    refused.safeguards.immutability !== "Disabled" &&
    refused.operations.some((operation) =>
      ["backupInstances/delete", "backupInstances/write"].includes(operation),
    ) &&
    datasource !== undefined &&
    selectionOf(datasource) !== undefined
  );
}

function adviseImmutability(_: ServiceError, { vaultId, policyId, refused }: FailureContext): string {
  const isLocked = refused?.safeguards.immutability === "Locked";
  const disabling =
    "disable immutability on the vault first (`az dataprotection backup-vault update --immutability-state Disabled`)";
  if (refused?.operations.includes("backupInstances/write")) {
    const instead = isLocked ? "" : `, or ${disabling}`;
    return (
      `Vault ${vaultId} is immutable${isLocked ? " for good" : ""}, and takes no policy that keeps backups for a shorter time ` +
      `than before: if ${policyId} does, declare one that keeps them as long${instead}.`
    );
  }
  const ending =
    'declare onDelete: "suspendBackups" and run the update, then delete, which ends the backups and lets the old ones expire ' +
    "as the policy says";
  if (isLocked) {
    return `Vault ${vaultId} is immutable for good, so nobody can delete its backups before they expire: ${ending}.`;
  }
  const days = refused?.safeguards.recoverableForDays;
  const afterwards =
    days === undefined
      ? "deleted backups are then gone for good"
      : `deleted backups can then be had back for ${days} days`;
  return `Vault ${vaultId} is immutable, and not locked: ${ending}; or ${disabling}: ${afterwards}.`;
}
