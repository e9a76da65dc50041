import type { Cloud } from "../cloud";
import type { OperationOutcome } from "./fault";

/** What an answer says, without what it does: only the operations stay that it begins, and end so. */
export function inVain<Answer>(cloud: Cloud, outcome: OperationOutcome, act: () => Answer): Answer {
  const before = cloud.asItIs();
  const answer = cloud.withoutEffect(act);
  for (const operation of cloud.operations.all()) {
    if (!before.operations.get(operation.id)) {
      cloud.schedule(operation.endsAt, { kind: "endOperation", operationId: operation.id, outcome });
    }
  }
  for (const deletion of cloud.resourceGroupDeletions.all()) {
    if (!before.resourceGroupDeletions.get(deletion.id)) {
      const state = outcome.status === "Succeeded" ? "done" : "failed";
      cloud.resourceGroupDeletions.put({ ...deletion, state });
    }
  }
  return answer;
}
