import type { PulumiFn } from "@pulumi/pulumi/automation";
import { BackupInstance, DiskBackup, SnapshotResourceGroup } from "pulumi-azure-dataprotection";
import type { Estate } from "./estate";
import { Trivial } from "./trivialResource";

/** Protects every disk; the vault has its roles already. */
export function instances({ vault, policyId, snapshotResourceGroupId, diskIds }: Estate): PulumiFn {
  return async () => {
    for (const diskId of diskIds) {
      new BackupInstance(nameOf(diskId), {
        vaultId: vault.id,
        policyId,
        datasource: { kind: "disk", diskId, snapshotResourceGroupId },
      });
    }
  };
}

/** Protects every disk, and assigns the vault its roles on each. */
export function instancesWithRoles({ vault, policyId, snapshotResourceGroupId, diskIds }: Estate): PulumiFn {
  return async () => {
    const snapshotResourceGroup = new SnapshotResourceGroup("snapshots", {
      vault,
      resourceGroupId: snapshotResourceGroupId,
    });
    for (const diskId of diskIds) {
      new DiskBackup(nameOf(diskId), { diskId, vault, policy: policyId, snapshotResourceGroup });
    }
  };
}

/** As many resources that do nothing, with the same inputs. */
export function trivialResources({ vault, policyId, snapshotResourceGroupId, diskIds }: Estate): PulumiFn {
  return async () => {
    for (const diskId of diskIds) {
      new Trivial(nameOf(diskId), {
        vaultId: vault.id,
        policyId,
        datasource: { kind: "disk", diskId, snapshotResourceGroupId },
      });
    }
  };
}

const nameOf = (diskId: string): string => diskId.slice(diskId.lastIndexOf("/") + 1);
