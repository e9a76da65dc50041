import { Deadline } from "./azure/deadline";
import { ArmError, OperationFailedError } from "./azure/errors";
import { changesTo, refuseOtherInstance } from "./changes";
import { refuseForeignClaim } from "./claim";
import type { InputProblem } from "./dataProtection/datasourceKinds";
import { explainFailure, isAboutOwnVault, isCuredByUpdate } from "./dataProtection/explain";
import type { Seen } from "./dataProtection/seen";
import type { WireBackupInstance } from "./dataProtection/wire";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "./inputs";
import { findRecoverable } from "./recovery";
import { DeclarationRefusedError } from "./refusal";
import type { Session } from "./session";

const limitInMs = 120_000;

/**
 * Asks the service in a preview whether it would protect the datasource: the same question as in the update, which changes
 * nothing. Objections that the update may cure are none: missing permissions, things that the same update may create, and
 * a soft-deleted instance that would be had back.
 *
 * @returns The refusal, in the words of the update; nothing when there is none, or when not all inputs are known yet.
 * @throws Whatever kept the service from answering.
 */
export async function validateInPreview(session: Session, declared: CheckedInputs): Promise<InputProblem[]> {
  if (isUnknown(declared)) {
    return [];
  }
  const { service, live } = session;
  const { vaultId, backupInstanceId } = declared;
  const deadline = new Deadline(
    service.client.clock,
    limitInMs,
    "the limit of 2m for a validation in a preview",
  );
  const existing = await live.find(backupInstanceId, deadline);
  if (existing !== undefined) {
    return takeOverProblems(existing, declared);
  }
  try {
    const properties = await service.newProperties(declared, deadline);
    const operation = await service.validate(vaultId, properties, deadline);
    await operation.wait(deadline, `validating the protection by vault ${vaultId}`);
    return [];
  } catch (error) {
    return judge(error, session, declared, deadline);
  }
}

/** What a create would refuse about the instance that it would take over. */
function takeOverProblems(existing: Seen<WireBackupInstance>, declared: CheckedInputs): InputProblem[] {
  try {
    refuseOtherInstance(existing, declared);
    refuseForeignClaim(existing, declared);
    changesTo(existing, declared);
    return [];
  } catch (refusal) {
    return [problemOf(asRefusal(refusal), declared)];
  }
}

/** Tells what the update cannot cure from what it may, and from what is no answer of the service. */
async function judge(
  error: unknown,
  { service }: Session,
  declared: CheckedInputs,
  deadline: Deadline,
): Promise<InputProblem[]> {
  if (!(error instanceof ArmError || error instanceof OperationFailedError)) {
    throw error;
  }
  if (isCuredByUpdate(error)) {
    return [];
  }
  if (!isAboutOwnVault(error, declared.vaultId)) {
    return [problemOf(error, declared)];
  }
  try {
    const recoverable = await findRecoverable(service, declared, deadline);
    return recoverable === undefined ? [problemOf(error, declared)] : [];
  } catch (refusal) {
    return [problemOf(asRefusal(refusal), declared)];
  }
}

/** A refusal of ours; anything else that was thrown is thrown again. */
function asRefusal(error: unknown): DeclarationRefusedError {
  if (!(error instanceof DeclarationRefusedError)) {
    throw error;
  }
  return error;
}

/** A refusal in the words of the update. */
function problemOf(
  refusal: DeclarationRefusedError | ArmError | OperationFailedError,
  declared: CheckedInputs,
): InputProblem {
  const property = refusal instanceof DeclarationRefusedError ? refusal.property : "datasource";
  const creating = `creating backup instance ${declared.backupInstanceId}`;
  return { property, reason: explainFailure(creating, refusal, declared) };
}
