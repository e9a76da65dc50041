import { isSameResourceId } from "../azure/resourceId";
import type { Datasource } from "./datasource";
import { kindOf } from "./datasourceKinds";
import type { ServiceError } from "./serviceError";
import { isOnlyMissingPermissions, lacksIdentity, principalIn } from "./serviceError";

/** What a failure was about, for the advice that names it. */
export interface FailureContext {
  vaultId: string;
  /** Not known when an instance is read that state knows nothing of. */
  policyId?: string;
  datasource?: Datasource;
}

interface Advice {
  appliesTo: (error: ServiceError) => boolean;
  advise: (error: ServiceError, context: FailureContext) => string;
}

/**
 * What to do about an error of the service, where we know more than the service's own recommendation. First match wins.
 * What an immutable vault and a Resource Guard answer is on no record, so these two are told by their words.
 */
const advices: Advice[] = [
  { appliesTo: lacksIdentity, advise: adviseIdentity },
  { appliesTo: isOnlyMissingPermissions, advise: adviseGrants },
  {
    appliesTo: ({ code }) => /^UserErrorDppDatasourceAlready(Protected|HasBackupInstance)$/.test(code),
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
      'A datasource of kind "blob" must be a general-purpose v2 account of standard performance without hierarchical ' +
      "namespace, NFS and SFTP: protect such an account.",
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
    appliesTo: ({ code, message }) => /immutab/i.test(`${code} ${message}`),
    advise: (_, { vaultId }) =>
      `Vault ${vaultId} is immutable and keeps what it holds: declare onDelete: "suspendBackups" and run the update, then ` +
      "delete, which ends the backups and keeps them; or, unless immutability is locked, disable it on the vault first.",
  },
  {
    appliesTo: ({ code, message }) => /resource ?guard/i.test(`${code} ${message}`),
    advise: (_, { vaultId }) =>
      `A Resource Guard watches over vault ${vaultId}: do this in the Azure portal, with the approval of the guard's owner, ` +
      "and run `pulumi refresh` afterwards.",
  },
  {
    appliesTo: ({ code }) => code === "ScopeLocked",
    advise: () =>
      "Somebody protects these scopes by a management lock: remove it (`az lock list` shows it), run this again, and put " +
      "it back.",
  },
  {
    appliesTo: ({ code }) => code === "AuthorizationFailed" || code === "LinkedAuthorizationFailed",
    advise: (_, { vaultId }) =>
      `This is about the identity that deploys, not about the vault's: give it the role "Backup Contributor" on ${vaultId}.`,
  },
];

/** What people can do about an error of the service; `undefined` where its own recommendation is all that is known. */
export function adviceOn(error: ServiceError, context: FailureContext): string | undefined {
  return advices.find(({ appliesTo }) => appliesTo(error))?.advise(error, context);
}

/**
 * Whether the refusal names a vault other than this one as the one that protects the datasource: then nothing in this
 * vault stands in the way.
 */
export function isProtectedByOtherVault(error: ServiceError, vaultId: string): boolean {
  const protectorId = protectorOf(error);
  return protectorId !== undefined && !isSameResourceId(protectorId, vaultId);
}

/** The vault that protects a datasource already, which the service names only in its sentence (both seeds). */
function protectorOf({ code, message }: ServiceError): string | undefined {
  return /^UserErrorDppDatasourceAlready/.test(code)
    ? /\/subscriptions\/\S+?\/backupVaults\/[A-Za-z][-A-Za-z0-9]*/i.exec(message)?.[0]
    : undefined;
}

function adviseOneProtection(error: ServiceError, { vaultId }: FailureContext): string {
  return (
    "A datasource can be protected once only: delete the other backup instance, or bring it under this stack with " +
    `\`npx pulumi-azure-dataprotection import --vault-id ${protectorOf(error) ?? vaultId}\`.`
  );
}

function adviseIdentity(_: ServiceError, { vaultId }: FailureContext): string {
  return (
    `Vault ${vaultId} has no identity that could be given roles: give it one (\`az dataprotection backup-vault update ` +
    "--type SystemAssigned`), and then its roles."
  );
}

function adviseGrants(error: ServiceError, { vaultId, datasource }: FailureContext): string {
  const principalId = principalIn(error) ?? "<principal id of the vault's identity>";
  if (datasource === undefined) {
    return `The identity of vault ${vaultId} needs its roles on the datasource.`;
  }
  const commands = kindOf(datasource)
    .requiredRoles(datasource)
    .map(
      ({ role, scope }) =>
        `az role assignment create --assignee-object-id ${principalId} --assignee-principal-type ServicePrincipal ` +
        `--role "${role.name}" --scope "${scope}"`,
    );
  return `The identity of vault ${vaultId} needs: ${commands.join("; ")}`;
}
