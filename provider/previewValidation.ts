import { Deadline } from "./azure/deadline";
import { ArmError, OperationFailedError } from "./azure/errors";
import { refuseOtherInstance } from "./changes";
import { refuseForeignClaim } from "./claim";
import type { InputProblem } from "./dataProtection/datasourceKinds";
import { explainFailure, isAboutOwnVault, isCuredByUpdate } from "./dataProtection/explain";
import type { Seen } from "./dataProtection/seen";
import type { WireBackupInstance } from "./dataProtection/wire";
import type { CheckedInputs } from "./inputs";
import { isUnknown } from "./inputs";
import { RecoveryRefusedError, findRecoverable } from "./recovery";
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

function takeOverProblems(existing: Seen<WireBackupInstance>, declared: CheckedInputs): InputProblem[] {
  try {
    refuseOtherInstance(existing, declared);
    refuseForeignClaim(existing, declared);
    return [];
  } catch (refusal) {
    return [{ property: "name", reason: explainFailure(creating(declared), refusal, declared) }];
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
  let refusal: unknown = error;
  try {
    if (
      isAboutOwnVault(error, declared.vaultId) &&
      (await findRecoverable(service, declared, deadline)) !== undefined
    ) {
      return [];
    }
  } catch (failure) {
    if (!(failure instanceof RecoveryRefusedError)) {
      throw failure;
    }
    refusal = failure;
  }
  return [{ property: "datasource", reason: explainFailure(creating(declared), refusal, declared) }];
}

function creating({ backupInstanceId }: CheckedInputs): string {
  return `creating backup instance ${backupInstanceId}`;
}
