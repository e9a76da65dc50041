import { DeadlineExceededError } from "../azure/deadline";
import { ArmError, NoAnswerError, OperationFailedError, isNotFound } from "../azure/errors";
import type { Datasource } from "./datasource";
import { kindOf } from "./datasourceKinds";
import { ProtectionFailedError } from "./protection";
import type { ServiceError } from "./serviceError";
import { describeServiceError, isOnlyMissingPermissions, serviceErrorOf } from "./serviceError";

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

/** What to do about an error of the service, where we know more than the service's own recommendation. First match wins. */
const advices: Advice[] = [
  { appliesTo: isOnlyMissingPermissions, advise: adviseGrants },
  {
    appliesTo: ({ code }) => /^UserErrorDppDatasourceAlready(Protected|HasBackupInstance)$/.test(code),
    advise: () =>
      "A datasource can be protected once only: delete the other backup instance, or bring it under this stack.",
  },
  {
    appliesTo: ({ code }) => code === "UserErrorDatasourceAndBackupVaultLocationMismatch",
    advise: (_, { vaultId }) =>
      `Vault and datasource must be in one region: use a vault in the datasource's region instead of ${vaultId}.`,
  },
  {
    appliesTo: ({ code }) => code === "UserErrorGenericResourceNotFound",
    advise: (_, { vaultId, policyId }) =>
      `Check that vault ${vaultId} and policy ${policyId ?? "of the instance"} exist.`,
  },
  {
    appliesTo: ({ code }) => code === "AuthorizationFailed" || code === "LinkedAuthorizationFailed",
    advise: (_, { vaultId }) =>
      `This is about the identity that deploys, not about the vault's: give it the role "Backup Contributor" on ${vaultId}.`,
  },
];

/**
 * A failure as a message for people: what was being done, what the service said, what to do now.
 *
 * @param doing - What was being done and to what, as in `creating backup instance <id>`.
 */
export function explainFailure(doing: string, error: unknown, context: FailureContext): string {
  if (error instanceof DeadlineExceededError && error.cause !== undefined) {
    return `${error.message}; ${explainFailure(doing, error.cause, context)}`;
  }
  if (error instanceof ArmError || error instanceof OperationFailedError) {
    const serviceError = serviceErrorOf(error.body);
    const advice = advices.find(({ appliesTo }) => appliesTo(serviceError))?.advise(serviceError, context);
    const sentences = [`${doing}: ${describeServiceError(serviceError)}`, advice, correlation(error)];
    return sentences.filter((sentence) => sentence !== undefined).join(" ");
  }
  if (error instanceof ProtectionFailedError && error.reason !== undefined) {
    const { reason } = error;
    const advice = advices.find(({ appliesTo }) => appliesTo(reason))?.advise(reason, context);
    return advice === undefined ? error.message : `${error.message} ${advice}`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof NoAnswerError ? `${doing}: ${message}; run the update again.` : message;
}

/**
 * Whether an update that was previewed may cure the refusal: by role assignments of its own, or by creating what is missing.
 */
export function isCuredByUpdate(error: ArmError | OperationFailedError): boolean {
  const serviceError = serviceErrorOf(error.body);
  return isNotFound(error) || isOnlyMissingPermissions(serviceError) || isMissingResource(serviceError);
}

function isMissingResource({ code }: ServiceError): boolean {
  return /NotFound$/.test(code);
}

function correlation({ correlationId }: ArmError | OperationFailedError): string | undefined {
  return correlationId === undefined ? undefined : `(correlation id ${correlationId})`;
}

/** The service names the vault's identity only inside the sentence of the inner error (both seeds). */
const principalInDetail = /object id '([0-9a-fA-F-]{36})'/;

function adviseGrants(error: ServiceError, { vaultId, datasource }: FailureContext): string {
  const principalId =
    principalInDetail.exec(error.detail ?? "")?.[1] ?? "<principal id of the vault's identity>";
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
