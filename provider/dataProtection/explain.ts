import { DeadlineExceededError } from "../azure/deadline";
import { ArmError, NoAnswerError, OperationFailedError, isNotFound } from "../azure/errors";
import type { FailureContext } from "./advice";
import { adviceOn, isProtectedByOtherVault } from "./advice";
import { ProtectionFailedError } from "./protection";
import type { ServiceError } from "./serviceError";
import { describeServiceError, isOnlyMissingPermissions, serviceErrorOf } from "./serviceError";

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
    const advice = adviceOn(serviceError, context);
    const sentences = [`${doing}: ${describeServiceError(serviceError)}`, advice, correlation(error)];
    return sentences.filter((sentence) => sentence !== undefined).join(" ");
  }
  if (error instanceof ProtectionFailedError && error.reason !== undefined) {
    const advice = adviceOn(error.reason, context);
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

/** Codes that say that the datasource is taken. Which one stands for a soft-deleted instance is on no record. */
const takenCode = /Already|SoftDelete/i;

/**
 * Whether something that the vault itself holds may be the reason why it refuses the datasource, such as a soft-deleted
 * instance: not when it names another vault that protects the datasource.
 */
export function isAboutOwnVault(error: unknown, vaultId: string): boolean {
  if (!(error instanceof ArmError || error instanceof OperationFailedError)) {
    return false;
  }
  const serviceError = serviceErrorOf(error.body);
  return takenCode.test(serviceError.code) && !isProtectedByOtherVault(serviceError, vaultId);
}

function isMissingResource({ code }: ServiceError): boolean {
  return /NotFound$/.test(code);
}

function correlation({ correlationId }: ArmError | OperationFailedError): string | undefined {
  return correlationId === undefined ? undefined : `(correlation id ${correlationId})`;
}
