import { property, requireObject } from "../arm/requestBody";
import type { Cloud } from "../cloud";
import type { Answer, Call } from "../message";
import type { ValidationTask } from "../records/task";
import { findInstance } from "./backupInstances";
import { findRefusal } from "./protectionChecks";
import { readInstanceSpec } from "./instanceSpec";
import type { InstanceSpec } from "./instanceSpec";
import { accepted, beginOperation } from "./operations";
import { checkNotProtectedElsewhere } from "./otherProtection";
import { findMissingPermission } from "./permissions";
import { vaultOf } from "./vaults";

/** Refuses at once what is protected already; everything else is found out in the operation (seeds). */
export function validateForBackup(cloud: Cloud, call: Call): Answer {
  const spec = readInstanceSpec(property(requireObject(call.body), "backupInstance"));
  checkNotProtectedElsewhere(cloud, spec, vaultOf(cloud, call).id);
  return begin(cloud, call, spec);
}

/** The same for an instance that exists. */
export function validateForModifyBackup(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const spec = readInstanceSpec(property(requireObject(call.body), "backupInstance"));
  checkNotProtectedElsewhere(cloud, spec, vaultOf(cloud, call).id, instance.id);
  return begin(cloud, call, spec);
}

function begin(cloud: Cloud, call: Call, spec: InstanceSpec): Answer {
  const operation = beginOperation(cloud, call, vaultOf(cloud, call), "validation");
  cloud.schedule(operation.endsAt, { kind: "endValidation", operationId: operation.id, spec });
  return accepted(cloud, call, operation, "validation");
}

/** Roles count if they do at the end: the service looks again while it validates (facts 3.1). */
export function endValidation(cloud: Cloud, { operationId, spec }: ValidationTask, at: number): void {
  const operation = cloud.operations.get(operationId);
  const vault = operation && cloud.vaults.get(operation.vaultId);
  if (!operation || !vault) {
    return;
  }
  const error = findRefusal(cloud, vault, spec) ?? findMissingPermission(cloud, vault, spec, at);
  if (error) {
    cloud.operations.put({ ...operation, error });
  }
}
