import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { getInstance } from "./backupInstances";
import { resourceDoesNotExist } from "./userErrors";

/** The instance itself once the operation on it has ended, 202 before. */
export function getInstanceOperationResult(cloud: Cloud, call: Call): Answer {
  const operation = cloud.operations.get(call.parameters["operationId"]!);
  if (!operation) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  return cloud.now() < operation.endsAt
    ? answer(202, undefined, cloud.pace.retryHeaders("instancePut"))
    : getInstance(cloud, call);
}
