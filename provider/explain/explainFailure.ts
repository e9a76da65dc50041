import { DeadlineExceededError } from "../azure/http/deadline";
import { ArmError, NoAnswerError, OperationFailedError } from "../azure/http/errors";
import { isOfLinkedResource } from "../azure/http/refusedAccess";
import type { MissingRegistration } from "../azure/http/registration";
import { missingRegistrationIn } from "../azure/http/registration";
import { correlationIdOf, withCorrelationId } from "../azure/http/tracing";
import type { FailureContext } from "./advice";
import { adviceOn, adviseGuard } from "./advice";
import { adviseRights } from "./callerRights";
import { AlreadyProtectedError } from "../dataProtection/alreadyProtected";
import { SafeguardedError } from "../dataProtection/criticalOperation";
import { ProtectionFailedError } from "../dataProtection/protection";
import { JobFailedError } from "../dataProtection/recovery/jobWatch";
import type { Refusal } from "../dataProtection/refusals";
import { isMissingResource, isOfCaller, isOfVaultRights } from "../dataProtection/refusals";
import { describeServiceError, serviceErrorOf } from "../dataProtection/serviceError";

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
    const advice = adviceOnRefusal(error, context);
    const described = describeServiceError(serviceErrorOf(error.body));
    return [`${doing}: ${described}`, ...(advice ? [advice] : [])].join(" ");
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

function adviceOnRefusal(error: Refusal, context: FailureContext): string | undefined {
  const serviceError = serviceErrorOf(error.body);
  const missing = missingRegistrationIn(error);
  if (missing !== undefined) {
    return adviseRegistration(missing);
  }
  if (!isOfCaller(error)) {
    return adviceOn(serviceError, context);
  }
  const isOfGuard = context.refused?.approval !== undefined && isOfLinkedResource(error);
  return isOfGuard ? adviseGuard(serviceError, context) : adviseRights(error);
}

function adviseRegistration({ namespace, subscriptionId }: MissingRegistration): string {
  return (
    'An update registers the resource provider where it may. Have somebody do it who may, with the role "Contributor" on the ' +
    `subscription: \`az provider register --namespace ${namespace} --subscription ${subscriptionId}\`; then run this again.`
  );
}

/**
 * Whether an update that was previewed may cure the refusal: by role assignments of its own, or by creating what is missing.
 */
export function isCuredByUpdate(error: Refusal): boolean {
  return isOfVaultRights(error) || isMissingResource(error);
}
