import { DeadlineExceededError } from "../azure/http/deadline";
import { ArmError, NoAnswerError, OperationFailedError, isNotFound } from "../azure/http/errors";
import { correlationIdOf, withCorrelationId } from "../azure/http/tracing";
import type { FailureContext } from "./advice";
import { adviceOn, isProtectedByOtherVault } from "./advice";
import { AlreadyProtectedError } from "../dataProtection/alreadyProtected";
import { SafeguardedError } from "../dataProtection/criticalOperation";
import { ProtectionFailedError } from "../dataProtection/protection";
import { JobFailedError } from "../dataProtection/recovery/jobWatch";
import type { ServiceError } from "../dataProtection/serviceError";
import {
  describeServiceError,
  isOnlyMissingPermissions,
  serviceErrorOf,
} from "../dataProtection/serviceError";

/**
 * A failure as a message for people: what was being done, what the service said, what to do now, and the correlation id of
 * the answer that it rests on.
 *
 * @param doing - What was being done and to what, as in `creating backup instance <id>`.
 */
export function explainFailure(doing: string, error: unknown, context: FailureContext): string {
  return withCorrelationId(explain(doing, error, context), correlationIdOf(error));
}

function explain(doing: string, error: unknown, context: FailureContext): string {
  if (error instanceof DeadlineExceededError) {
    const isRefusal = [ArmError, OperationFailedError, ProtectionFailedError].some(
      (kind) => error.cause instanceof kind,
    );
    const remedy = isRefusal
      ? explain(doing, error.cause, context)
      : "run it again, and it carries on from there";
    return `${error.message}; ${remedy}`;
  }
  if (error instanceof AlreadyProtectedError) {
    const { refusal, protectorId } = error;
    return explain(doing, refusal, { ...context, protectorId });
  }
  if (error instanceof SafeguardedError) {
    return explain(doing, error.refusal, { ...context, refused: error.refused });
  }
  if (error instanceof ArmError || error instanceof OperationFailedError) {
    const serviceError = serviceErrorOf(error.body);
    const advice = adviceOn(serviceError, context);
    return [`${doing}: ${describeServiceError(serviceError)}`, ...(advice ? [advice] : [])].join(" ");
  }
  if (error instanceof ProtectionFailedError && error.reason !== undefined) {
    const advice = adviceOn(error.reason, context);
    return advice === undefined ? error.message : `${error.message} ${advice}`;
  }
  if (error instanceof JobFailedError) {
    const advices = error.job.errors.flatMap((reason) => adviceOn(reason, context) ?? []);
    return [error.message, ...advices.slice(0, 1)].join(" ");
  }
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof NoAnswerError ? `${doing}: ${message}; run it again.` : message;
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

/** Whether the service refuses because something protects the datasource, or did. */
export function isTaken(error: unknown): error is ArmError | OperationFailedError {
  const isRefusal = error instanceof ArmError || error instanceof OperationFailedError;
  return isRefusal && takenCode.test(serviceErrorOf(error.body).code);
}

/** Whether what has taken the datasource may be in this vault, such as a soft-deleted instance: no other one is named. */
export function isTakenInVault(error: ArmError | OperationFailedError, vaultId: string): boolean {
  return !isProtectedByOtherVault(serviceErrorOf(error.body), vaultId);
}

function isMissingResource({ code }: ServiceError): boolean {
  return /NotFound$/.test(code);
}
