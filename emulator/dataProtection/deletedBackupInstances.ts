import { toTimestamp } from "../clock";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import type { BackupInstance, DeletedBackupInstance } from "../records/backupInstance";
import type { BackupVault } from "../records/vault";
import { dataProtectionContentType } from "./contentType";
import { lockDatasource } from "./datasourceLocks";
import { pageOf } from "./paging";
import { renderSpec } from "./renderInstance";
import { resourceDoesNotExist } from "./userErrors";
import { vaultOf } from "./vaults";

const dayInMs = 24 * 60 * 60 * 1000;

/** Days of retention are the vault's setting and not the service's pace, so no speed shortens them. */
function scheduledPurgeAt(vault: BackupVault, deletedAt: number): number {
  return deletedAt + vault.securitySettings.softDeleteSettings.retentionDurationInDays * dayInMs;
}

/** Notes a deleted instance that the vault keeps for a while. */
export function keepDeletedInstance(
  cloud: Cloud,
  instance: BackupInstance,
  deletedAt: number,
  deleteActivityId: string,
): void {
  const vault = cloud.vaults.get(instance.vaultId);
  if (!vault) {
    return;
  }
  const { deletionOperationId: _ended, error: _error, ...rest } = instance;
  const deleted: DeletedBackupInstance = {
    id: `${vault.id}/deletedBackupInstances/${instance.name}`,
    name: instance.name,
    vaultId: vault.id,
    instance: rest,
    spec: instance.spec,
    deletedAt,
    purgedAt: scheduledPurgeAt(vault, deletedAt),
    deleteActivityId,
  };
  cloud.deletedInstances.put(deleted);
  cloud.schedule(deleted.purgedAt, {
    kind: "purgeDeletedInstance",
    instanceId: deleted.id,
    deleteActivityId,
  });
}

export function purgeDeletedInstance(
  cloud: Cloud,
  { instanceId, deleteActivityId }: { instanceId: string; deleteActivityId: string },
): void {
  const deleted = cloud.deletedInstances.get(instanceId);
  if (deleted?.deleteActivityId === deleteActivityId) {
    cloud.deletedInstances.delete(instanceId);
    cloud.recoveryPoints.deleteBelow(deleted.instance.id);
  }
}

function find(cloud: Cloud, call: Call): DeletedBackupInstance {
  const deleted = cloud.deletedInstances.get(
    `${vaultOf(cloud, call).id}/deletedBackupInstances/${call.parameters["name"]}`,
  );
  if (!deleted) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  return deleted;
}

export function getDeletedInstance(cloud: Cloud, call: Call): Answer {
  return answer(200, render(find(cloud, call)), dataProtectionContentType(call));
}

export function listDeletedInstances(cloud: Cloud, call: Call): Answer {
  const deleted = cloud.deletedInstances.below(vaultOf(cloud, call).id);
  return answer(200, pageOf(deleted.map(render), call), dataProtectionContentType(call));
}

/** 200 at once, and the instance is back with its protection stopped (softdelete 26 and 27). */
export function undelete(cloud: Cloud, call: Call): Answer {
  const deleted = find(cloud, call);
  cloud.deletedInstances.delete(deleted.id);
  cloud.instances.put({
    ...deleted.instance,
    state: "ProtectionStopped",
    revision: deleted.instance.revision + 1,
  });
  lockDatasource(cloud, deleted.spec);
  return answer(200);
}

function render({ id, name, spec, deletedAt, purgedAt, deleteActivityId }: DeletedBackupInstance): unknown {
  const deletionTime = toTimestamp(deletedAt);
  return {
    properties: {
      deletionInfo: {
        deletionTime,
        billingEndDate: deletionTime,
        scheduledPurgeTime: toTimestamp(purgedAt),
        deleteActivityID: deleteActivityId,
      },
      ...renderSpec(spec),
      protectionStatus: { status: "SoftDeleted" },
      currentProtectionState: "SoftDeleted",
      provisioningState: "Succeeded",
      objectType: "DeletedBackupInstance",
    },
    id,
    name,
    type: "Microsoft.DataProtection/backupVaults/deletedBackupInstances",
  };
}
