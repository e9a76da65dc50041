import type { Deadline } from "../azure/deadline";
import { DeadlineExceededError } from "../azure/deadline";
import { ArmError, OperationFailedError } from "../azure/errors";
import type { AcceptedOperation } from "../azure/longRunning";
import type { DataProtectionService } from "./service";
import type { ServiceError } from "./serviceError";
import { isOnlyMissingPermissions, serviceErrorOf } from "./serviceError";
import type { WireBackupInstanceProperties } from "./wire";

/** The wait between two validations starts with what the service asked for, else with this, and grows. */
const firstWaitInMs = 10_000;
const growth = 1.5;
const longestWaitInMs = 30_000;

/**
 * Validates until the service would protect the datasource. It is asked again only while its one objection is that the
 * vault lacks permissions: a role assignment takes up to 30 minutes to count (disk-backup documentation), and only the
 * service knows when it does. The first wait is the one that the service asked for.
 *
 * @throws {@link OperationFailedError} or {@link ArmError} for any other objection, at once.
 * @throws {@link DeadlineExceededError} when permissions are still missing at the deadline; its cause is the service's error.
 */
export async function validateUntilPermitted(
  service: DataProtectionService,
  vaultId: string,
  properties: WireBackupInstanceProperties,
  deadline: Deadline,
): Promise<void> {
  const waitingFor = `validating the protection of ${properties.dataSourceInfo.resourceID} by vault ${vaultId}`;
  let waitInMs: number | undefined;
  for (;;) {
    let operation: AcceptedOperation | undefined;
    try {
      operation = await service.validate(vaultId, properties, deadline);
      await operation.wait(deadline, waitingFor);
      return;
    } catch (error) {
      const objection = objectionOf(error);
      if (objection === undefined || !isOnlyMissingPermissions(objection)) {
        throw error;
      }
      waitInMs =
        waitInMs === undefined
          ? (operation?.pollIntervalInMs ?? firstWaitInMs)
          : Math.min(waitInMs * growth, longestWaitInMs);
      if (deadline.endsWithin(waitInMs)) {
        throw new DeadlineExceededError(deadline, waitingFor, objection.code, { cause: error });
      }
      await service.client.clock.sleep(waitInMs);
    }
  }
}

function objectionOf(error: unknown): ServiceError | undefined {
  return error instanceof OperationFailedError || error instanceof ArmError
    ? serviceErrorOf(error.body)
    : undefined;
}
