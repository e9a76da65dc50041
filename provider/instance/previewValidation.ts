import { Deadline } from "../azure/http/deadline";
import { ArmError, OperationFailedError } from "../azure/http/errors";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { changesTo, refuseOtherInstance, refuseTwin } from "./changes";
import { refuseForeignClaim } from "../lifecycle/claim";
import { AlreadyProtectedError } from "../dataProtection/alreadyProtected";
import type { InputProblem } from "../dataProtection/inputProblem";
import { explainFailure, isCuredByUpdate, isTaken } from "../explain/explainFailure";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";
import { findRecoverable } from "./recovery";
import { DeclarationRefusedError, problemOf } from "../lifecycle/refusal";
import type { Session } from "../host/session";

const limitInMs = 120_000;

/**
 * Asks the service in a preview whether it would protect the datasource, or change an instance that is there: the same
 * question as in the update, which changes nothing. Objections that the update may cure are none: missing permissions, things
 * that the same update may create, and a soft-deleted instance that would be had back.
 *
 * @param before - What state holds of the instance; for a create nothing.
 * @returns The refusal, in the words of the update; nothing when there is none, or when not all inputs are known yet.
 * @throws Whatever kept the service from answering.
 */
export async function validateInPreview(
  session: Session,
  declared: CheckedInputs,
  before?: CheckedInputs,
): Promise<InputProblem[]> {
  if (isUnknown(declared)) {
    return [];
  }
  const { clock } = session.service.client;
  const deadline = new Deadline(clock, limitInMs, "the limit of 2m for a validation in a preview");
  const doing = `${before === undefined ? "creating" : "updating"} backup instance ${declared.backupInstanceId}`;
  try {
    const operation = await ask(session, declared, before, deadline);
    await operation?.wait(deadline, doing);
    return [];
  } catch (error) {
    const refusal = await refusalIn(error, session, declared, deadline);
    if (refusal instanceof DeclarationRefusedError) {
      return [problemOf(refusal)];
    }
    const reason = explainFailure(doing, refusal, declared);
    return refusal === undefined ? [] : [{ property: "datasource", reason }];
  }
}

/** Asks the question of the update; `undefined` when there is nothing to ask about, or no way to ask. */
async function ask(
  { service, live }: Session,
  declared: CheckedInputs,
  before: CheckedInputs | undefined,
  deadline: Deadline,
): Promise<AcceptedOperation | undefined> {
  const existing = await live.find(declared.backupInstanceId, deadline);
  if (existing === undefined) {
    await refuseTwin(live, declared, deadline);
    const properties = await service.newProperties(declared, deadline);
    return service.validate(declared.vaultId, properties, deadline);
  }
  refuseOtherInstance(existing, declared);
  refuseForeignClaim(existing, declared, before);
  const properties = changesTo(existing, declared);
  return properties !== undefined && service.canValidateChanges
    ? service.validateChange(declared.backupInstanceId, properties, deadline)
    : undefined;
}

/** Tells what the update cannot cure from what it may; what is no refusal at all is thrown again. */
async function refusalIn(
  error: unknown,
  { service }: Session,
  declared: CheckedInputs,
  deadline: Deadline,
): Promise<Error | undefined> {
  const refusal = isTaken(error)
    ? await findRecoverable(service, error, declared, deadline).then(
        () => undefined,
        (inTheWay: unknown) => inTheWay,
      )
    : error;
  if (
    refusal === undefined ||
    refusal instanceof DeclarationRefusedError ||
    refusal instanceof AlreadyProtectedError
  ) {
    return refusal;
  }
  if (refusal === error && (refusal instanceof ArmError || refusal instanceof OperationFailedError)) {
    return isCuredByUpdate(refusal) ? undefined : refusal;
  }
  throw refusal as Error;
}
