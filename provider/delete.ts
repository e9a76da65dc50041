import { isNotFound } from "./azure/errors";
import { explainFailure } from "./dataProtection/explain";
import type { InstanceOutputs } from "./inputs";
import type { Session } from "./session";
import { deadlineOf } from "./session";

/**
 * Deletes the instance and waits until it is gone. One that is gone already, or whose vault is, needs nothing; one that
 * another resource of this operation has taken over is left alone.
 */
export async function deleteInstance(session: Session, id: string, state: InstanceOutputs): Promise<void> {
  if (session.keptInstances.isKept(id)) {
    return;
  }
  const deadline = deadlineOf("delete", state.timeouts, session.clock);
  const what = `deleting backup instance ${id}`;
  try {
    const operation = await session.service.delete(id, deadline);
    await operation.wait(deadline, what);
    if ((await session.service.findInstance(id, deadline)) !== undefined) {
      throw new Error(
        `${what}: the service reports success, but the instance is still there; run the update again`,
      );
    }
  } catch (error) {
    if (!isNotFound(error)) {
      throw new Error(explainFailure(what, error, state), { cause: error });
    }
  }
}
