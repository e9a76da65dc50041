import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { BackupInstance } from "../records/backupInstance";
import { findInstance } from "./backupInstances";
import { isOperationalBlobBackup } from "./datasources";
import { isFailed, revise } from "./instanceState";
import { checkApproved, namedRequests } from "./multiUserAuthorization";
import { accepted, beginOperation } from "./operations";
import { alreadyHasInstance, findInstanceOf } from "./otherProtection";
import type { ProtectionState } from "./protectionState";
import { refusal, userError } from "./userErrors";
import { vaultOf } from "./vaults";

export function stopProtection(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const vault = vaultOf(cloud, call);
  checkApproved(cloud, call, vault, "backupInstances/stopProtection/action", namedRequests(call, call.body));
  if (isOperationalBlobBackup(cloud, instance.spec)) {
    throw refusal(
      userError(
        "UserErrorStopProtectionNotSupportedForBlobOperationalBackup",
        "Stop protection is not supported for operational backup of blobs.",
        "Delete the backup instance instead.",
      ),
    );
  }
  return change(cloud, call, instance, "ProtectionStopped");
}

/** The state afterwards is in no list of the API's: it was seen on the wire (facts 1.3). */
export function suspendBackups(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  const vault = vaultOf(cloud, call);
  checkApproved(cloud, call, vault, "backupInstances/suspendBackups/action", namedRequests(call, call.body));
  return change(cloud, call, instance, "BackupsSuspended");
}

export function resumeBackups(cloud: Cloud, call: Call): Answer {
  return resumeProtection(cloud, call);
}

/** 200 at once when there is nothing to resume (softdelete 4), 400 when another vault protects (softdelete 28). */
export function resumeProtection(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  if (instance.state === "ProtectionConfigured") {
    return answer(200);
  }
  const other = findInstanceOf(cloud, instance.spec, instance.id);
  if (other) {
    throw refusal(alreadyHasInstance(other, other.state));
  }
  return change(cloud, call, instance, "ProtectionConfigured");
}

function change(cloud: Cloud, call: Call, instance: BackupInstance, state: ProtectionState): Answer {
  checkNotBeingDeleted(instance);
  const about = { instanceId: instance.id };
  const operation = beginOperation(cloud, call, vaultOf(cloud, call), "protectionChange", about);
  const { revision } = revise(cloud, instance, {});
  cloud.schedule(operation.endsAt, { kind: "changeProtection", instanceId: instance.id, revision, state });
  return accepted(cloud, call, operation, "protectionChange");
}

/** Tries again what failed last: an instance in error is configured anew with the roles that count by now. */
export function syncInstance(cloud: Cloud, call: Call): Answer {
  const instance = findInstance(cloud, call);
  checkNotBeingDeleted(instance);
  const operation = beginOperation(cloud, call, vaultOf(cloud, call), "sync", { instanceId: instance.id });
  if (isFailed(instance)) {
    const { error: _error, ...healing } = instance;
    const { revision } = revise(cloud, healing, { state: "ConfiguringProtection" });
    cloud.schedule(operation.endsAt, {
      kind: "beginProtection",
      instanceId: instance.id,
      revision,
      spec: instance.spec,
      settlesAfterInMs: cloud.pace.inMs("configuringProtection"),
      settlesTo: "ProtectionConfigured",
    });
  }
  return accepted(cloud, call, operation, "sync");
}

function checkNotBeingDeleted(instance: BackupInstance): void {
  if (instance.deletionOperationId !== undefined) {
    throw refusal(alreadyHasInstance(instance, "SoftDeleting"));
  }
}
