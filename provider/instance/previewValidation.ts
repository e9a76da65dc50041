import { Deadline } from "../azure/http/deadline";
import type { MissingRegistration } from "../azure/http/registration";
import { missingRegistrationIn } from "../azure/http/registration";
import { isSameResourceId } from "../azure/resourceId";
import { changesTo, refuseOtherInstance, refuseTwin } from "./changes";
import { refuseForeignClaim } from "../lifecycle/claim";
import { AlreadyProtectedError } from "../dataProtection/alreadyProtected";
import type { InputProblem } from "../dataProtection/inputProblem";
import { isOfCaller, isRefusal } from "../dataProtection/refusals";
import { explainFailure, isCuredByUpdate } from "../explain/explainFailure";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";
import { findRecoverable } from "./recovery";
import { DeclarationRefusedError, problemOf } from "../lifecycle/refusal";
import type { Session } from "../host/session";

const limitInMs = 120_000;
const notAsked = "this preview cannot tell whether the service would do this, because it may not ask";

/**
 * Asks the service in a preview whether it would protect the datasource, or change an instance that is there: the same
 * question as in the update, which changes nothing. Objections that the update may cure are none: missing permissions, things
 * that the same update may create, a provider that it registers, and a soft-deleted instance that would be had back. That those who preview may not ask is a
 * warning on the row: who only reads may preview what others deploy.
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
  const doing = `${before === undefined ? "creating" : "updating"} backup instance ${declared.backupInstanceId}`;
  try {
    await ask(session, declared, before, doing);
    return [];
  } catch (error) {
    if (error instanceof DeclarationRefusedError) {
      return [problemOf(error)];
    }
    const reason = explainFailure(doing, error, declared);
    const missing = missingRegistrationIn(error);
    if (missing !== undefined) {
      await session.rows.say(declared.backupInstanceId, beforeRegistration(missing));
      return [];
    }
    if (isOfCaller(error)) {
      await session.rows.say(declared.backupInstanceId, `${notAsked}: ${reason}`, "warning");
      return [];
    }
    if (!(error instanceof AlreadyProtectedError) && !isRefusal(error)) {
      throw error;
    }
    if (
      error instanceof AlreadyProtectedError &&
      isSameResourceId(error.protectorId, declared.backupInstanceId)
    ) {
      return [];
    }
    return isRefusal(error) && isCuredByUpdate(error) ? [] : [{ property: "datasource", reason }];
  }
}

function beforeRegistration({ namespace, subscriptionId }: MissingRegistration): string {
  return (
    `subscription ${subscriptionId} has not registered the resource provider ${namespace} yet, so nobody can be asked; the ` +
    "update registers it first"
  );
}

/** Asks the question of the update; fails as the update would, and asks nothing where there is no way to. */
async function ask(
  { service, live }: Session,
  declared: CheckedInputs,
  before: CheckedInputs | undefined,
  doing: string,
): Promise<void> {
  const { clock } = service.client;
  const deadline = new Deadline(clock, limitInMs, "the limit of 2m for a validation in a preview");
  const existing = await live.find(declared.backupInstanceId, deadline);
  if (existing !== undefined) {
    refuseOtherInstance(existing, declared);
    refuseForeignClaim(existing, declared, before);
    const change = changesTo(existing, declared);
    if (change !== undefined && service.canValidateChanges) {
      const operation = await service.validateChange(declared.backupInstanceId, change, deadline);
      await operation.wait(deadline, doing);
    }
    return;
  }
  await refuseTwin(live, declared, deadline);
  const properties = await service.newProperties(declared, deadline);
  try {
    const operation = await service.validate(declared.vaultId, properties, deadline);
    await operation.wait(deadline, doing);
  } catch (error) {
    if (!isRefusal(error) || isOfCaller(error) || isCuredByUpdate(error)) {
      throw error;
    }
    await findRecoverable(service, error, declared, deadline);
  }
}
