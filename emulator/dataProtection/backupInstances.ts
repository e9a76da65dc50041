import { randomUUID } from "node:crypto";
import { isAtLeast } from "../arm/apiVersions";
import { property, requireObject, tagsOf } from "../arm/requestBody";
import { sameId } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { BackupInstance } from "../records/backupInstance";
import { dataProtectionContentType } from "./contentType";
import { findRefusal } from "./protectionChecks";
import { isOperationalBlobBackup } from "./datasources";
import { checkMayLoseBackups, checkRetentionNotReduced } from "./immutability";
import { isPaused, revise } from "./instanceState";
import { readInstanceSpec, snapshotResourceGroupIdOf } from "./instanceSpec";
import type { InstanceSpec } from "./instanceSpec";
import { checkApproved, checkUnlocked, namedRequests } from "./multiUserAuthorization";
import { accepted, beginOperation, resultOf, statusUrl } from "./operations";
import { alreadyHasInstance, checkNotProtectedElsewhere } from "./otherProtection";
import { pageOf } from "./paging";
import { renderInstance } from "./renderInstance";
import { refusal, resourceDoesNotExist, userError } from "./userErrors";
import { vaultOf } from "./vaults";

const idFrom = (cloud: Cloud, call: Call): string =>
  `${vaultOf(cloud, call).id}/backupInstances/${call.parameters["name"]}`;

/** The instance that the route means, or the service's 404. */
export function findInstance(cloud: Cloud, call: Call): BackupInstance {
  const instance = cloud.instances.get(idFrom(cloud, call));
  if (!instance) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  return instance;
}

export function getInstance(cloud: Cloud, call: Call): Answer {
  return answerWith(call, renderInstance(findInstance(cloud, call)));
}

function answerWith(call: Call, body: unknown): Answer {
  return answer(200, body, dataProtectionContentType(call));
}

export function getInstanceOperationResult(cloud: Cloud, call: Call): Answer {
  return resultOf(cloud, call, () => getInstance(cloud, call));
}

export function listInstances(cloud: Cloud, call: Call): Answer {
  const instances = cloud.instances.below(vaultOf(cloud, call).id);
  return answerWith(call, pageOf(instances.map(renderInstance), call));
}

/** `GET /{resourceId}/providers/Microsoft.DataProtection/backupInstances`: who protects this resource? */
export function listInstancesOfDatasource(cloud: Cloud, call: Call): Answer {
  const instances = cloud.instances
    .all()
    .filter(({ spec }) => sameId(spec.dataSourceInfo.resourceID, call.parameters["scope"]!));
  return answerWith(call, pageOf(instances.map(renderInstance), call));
}

/** Creates or changes; both answer 201, and only `Azure-AsyncOperation` (create_and_delete_disk 11). */
export function putInstance(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const spec = readInstanceSpec(property(body, "properties"));
  const vault = vaultOf(cloud, call);
  const existing = cloud.instances.get(idFrom(cloud, call));
  checkPut(cloud, call, existing, spec);
  const { tags } = tagsOf(body);
  const instance = existing ? beginUpdate(cloud, existing, tags) : create(cloud, call, spec, tags);
  const isFirst = !instance.wasProtected;
  cloud.schedule(cloud.now() + cloud.pace.inMs("instancePut"), {
    kind: "beginProtection",
    instanceId: instance.id,
    revision: instance.revision,
    spec,
    settlesAfterInMs: cloud.pace.inMs(isFirst ? "configuringProtection" : "updatingProtection"),
    settlesTo: existing && isPaused(existing) ? existing.state : "ProtectionConfigured",
  });
  const operation = beginOperation(cloud, call, vault, "instancePut", { instanceId: instance.id });
  return answer(201, renderInstance(instance), {
    "Azure-AsyncOperation": statusUrl(cloud, call, operation),
    ...cloud.pace.retryHeaders("instancePut"),
    ...dataProtectionContentType(call),
  });
}

function create(
  cloud: Cloud,
  call: Call,
  spec: InstanceSpec,
  tags: Record<string, string> | undefined,
): BackupInstance {
  const instance: BackupInstance = {
    id: idFrom(cloud, call),
    name: call.parameters["name"]!,
    vaultId: vaultOf(cloud, call).id,
    ...(tags ? { tags } : {}),
    spec,
    state: "ConfiguringProtection",
    provisioningState: "Provisioning",
    wasProtected: false,
    revision: 1,
  };
  cloud.instances.put(instance);
  return instance;
}

/** Until its operation has ended, an update shows the policy that was (facts 3.1). */
function beginUpdate(
  cloud: Cloud,
  existing: BackupInstance,
  tags: Record<string, string> | undefined,
): BackupInstance {
  const { error: _error, tags: _tags, ...rest } = existing;
  return revise(
    cloud,
    { ...rest, ...(tags ? { tags } : {}) },
    {
      state: "UpdatingProtection",
      provisioningState: "Provisioning",
    },
  );
}

/** Throws what the service refuses at once. */
function checkPut(cloud: Cloud, call: Call, existing: BackupInstance | undefined, spec: InstanceSpec): void {
  if (existing) {
    checkSameDatasource(existing, spec);
    checkMayChange(cloud, call, existing, spec);
  }
  const vault = vaultOf(cloud, call);
  checkNotProtectedElsewhere(cloud, spec, vault.id, idFrom(cloud, call));
  const refused = findRefusal(cloud, vault, spec);
  if (refused) {
    throw refusal(refused);
  }
}

/** What cannot change in place is known (facts 6, Disk); the codes for it are assumed. */
function checkSameDatasource(existing: BackupInstance, spec: InstanceSpec): void {
  if (existing.deletionOperationId !== undefined) {
    throw refusal(alreadyHasInstance(existing, "SoftDeleting"));
  }
  const before = snapshotResourceGroupIdOf(existing.spec);
  const after = snapshotResourceGroupIdOf(spec);
  const isOther = !sameId(existing.spec.dataSourceInfo.resourceID, spec.dataSourceInfo.resourceID);
  if (isOther || (before && after && !sameId(before, after))) {
    const what = isOther ? "datasource" : "snapshot resource group";
    throw refusal(
      userError(
        "UserErrorInvalidParameterInRequest",
        `The ${what} of the backup instance ${existing.name} cannot be changed.`,
        "Delete the backup instance and create another.",
      ),
    );
  }
}

/** Every change of an instance counts as critical to a guard; that the service is as strict is assumed. */
function checkMayChange(cloud: Cloud, call: Call, existing: BackupInstance, spec: InstanceSpec): void {
  const vault = vaultOf(cloud, call);
  const requests = namedRequests(call, property(call.body, "properties"));
  checkApproved(cloud, call, vault, "backupInstances/write", requests);
  const policyOf = ({ policyInfo }: InstanceSpec) => cloud.policies.get(policyInfo.policyId)?.properties;
  checkRetentionNotReduced(vault, policyOf(existing.spec), policyOf(spec));
}

/** 204 when there is nothing to delete (create_and_delete_blob 2). */
export function deleteInstance(cloud: Cloud, call: Call): Answer {
  const instance = cloud.instances.get(idFrom(cloud, call));
  if (!instance) {
    return answer(204);
  }
  const running = instance.deletionOperationId && cloud.operations.get(instance.deletionOperationId);
  if (running) {
    return accepted(cloud, call, running, "instanceDelete");
  }
  const vault = vaultOf(cloud, call);
  checkUnlocked(cloud, vault, "backupInstances/delete", instance.id);
  checkMayLoseBackups(cloud, vault, instance);
  const operation = beginOperation(cloud, call, vault, "instanceDelete", {
    instanceId: instance.id,
  });
  const isSoft = isSoftDeleted(cloud, call, instance);
  const revised = revise(cloud, instance, {
    deletionOperationId: operation.id,
    ...(isSoft ? { state: "SoftDeleting" } : {}),
  });
  cloud.schedule(operation.endsAt, {
    kind: "endDeletion",
    instanceId: instance.id,
    revision: revised.revision,
    deletedAt: cloud.now(),
    deleteActivityId: randomUUID(),
    isSoft,
  });
  return accepted(cloud, call, operation, "instanceDelete");
}

/**
 * Instances that never were protected are not kept: softdelete 29 to 35 deletes one that was configuring protection
 * and finds the list of deleted ones empty (that vault's setting is not on record). From 2025-09-01 on, `Off` is
 * ignored (facts 4.1).
 */
function isSoftDeleted(cloud: Cloud, call: Call, instance: BackupInstance): boolean {
  const { state } = vaultOf(cloud, call).securitySettings.softDeleteSettings;
  const isOn = state !== "Off" || isAtLeast(call.apiVersion, "2025-09-01");
  return isOn && instance.wasProtected && !isOperationalBlobBackup(cloud, instance.spec);
}
