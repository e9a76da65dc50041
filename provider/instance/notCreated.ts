import type { Deadline } from "../azure/http/deadline";
import { ArmError } from "../azure/http/errors";
import { ownerOf } from "../lifecycle/claim";
import { protectsDatasource } from "../dataProtection/backupInstance";
import { PartialFailure } from "../lifecycle/failures";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import type { Session } from "../host/session";

/**
 * What state holds, for the provisioning state, of an instance that was declared and refused, when that was to be reported
 * only: nothing in Azure is this resource's own, so that nothing there may be read or deleted in its name.
 */
export const notCreated: Pick<InstanceOutputs, "protectionState" | "provisioningState" | "isUnfinished"> = {
  protectionState: "NotProtected",
  provisioningState: "NotCreated",
};

/** Whether state holds a resource for which no instance was seen yet. */
export function wasNotCreated({ provisioningState }: Partial<InstanceOutputs>): boolean {
  return provisioningState === notCreated.provisioningState;
}

/**
 * Whether there is an instance for such a resource all the same, and this stack's own: a run that was interrupted may have
 * left it, and the next one may have failed before it saw that. Whom the service refuses a look never had one made.
 */
export async function isLeftBehind(
  { live }: Pick<Session, "live">,
  id: string,
  { backupInstanceId, claimedBy, datasource }: Partial<InstanceOutputs>,
  deadline: Deadline,
): Promise<boolean> {
  if (backupInstanceId === undefined) {
    return false;
  }
  const found = await live.find(id, deadline).catch((error: unknown) => {
    if (error instanceof ArmError && error.statusCode < 500) {
      return undefined;
    }
    throw error;
  });
  const isOwn = found !== undefined && claimedBy !== undefined && ownerOf(found) === claimedBy;
  return isOwn && datasource !== undefined && protectsDatasource(found, datasource);
}

/** What is known of an instance after a failure, from what state held before, if anything. */
export function lastSeen(
  error: unknown,
  declared: CheckedInputs,
  before: InstanceOutputs | undefined,
): InstanceOutputs {
  if (error instanceof PartialFailure) {
    return error.properties as InstanceOutputs;
  }
  if (before === undefined || wasNotCreated(before)) {
    return { ...declared, ...notCreated };
  }
  const { protectionState, provisioningState, isUnfinished, claimedBy = declared.claimedBy } = before;
  return { ...declared, claimedBy, protectionState, provisioningState, isUnfinished };
}
