import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { ComponentResource } from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { BackupFleet, BackupVault, DiskBackup, diskPolicies } from "../../../components";

/** How a component is called, and how it was called before. */
export interface Declared {
  name: string;
  aliases?: ComponentResourceOptions["aliases"];
  /** Whether it lies in another component, which is always there. */
  isInLayer?: boolean;
}

/** What the components of {@link estateProgram} are called. A component without a name is not declared. */
export interface EstateNames {
  vault?: Declared & { vaultName?: string };
  disk?: Declared;
  fleet?: Declared;
}

export const names: Required<EstateNames> = {
  vault: { name: "backups" },
  disk: { name: "data" },
  fleet: { name: "estate" },
};

/** The disks that are protected: one by itself, the others by a fleet. */
export interface EstateDisks {
  diskId: string;
  fleetDiskIds: string[];
}

class Layer extends ComponentResource {
  constructor(name: string) {
    super("shop:index:Layer", name);
  }
}

/** A vault, a disk and a fleet, with every name left to this package: nothing is called by anybody but after components. */
export function estateProgram(
  { vault, disk, fleet }: EstateNames,
  { diskId, fleetDiskIds }: EstateDisks,
): PulumiFn {
  return async () => {
    const layer = new Layer("layer");
    const optionsOf = ({ aliases, isInLayer }: Declared): ComponentResourceOptions => ({
      aliases,
      parent: isInLayer ? layer : undefined,
    });
    if (vault === undefined) {
      return {};
    }
    const { vaultName } = vault;
    const backups = new BackupVault(
      vault.name,
      {
        vaultName,
        policies: { disks: diskPolicies.daily },
        softDelete: { state: "off", acknowledge: "deleted backups are lost" },
      },
      optionsOf(vault),
    );
    const single = disk && new DiskBackup(disk.name, { diskId, vault: backups }, optionsOf(disk));
    const many =
      fleet && new BackupFleet(fleet.name, { vault: backups, members: fleetDiskIds }, optionsOf(fleet));
    return {
      vaultId: backups.id,
      vaultName: backups.name,
      groupName: backups.resourceGroupName,
      policyId: backups.policyIds.disks,
      instanceId: single?.backupInstanceId,
      snapshotGroupId: single?.snapshotResourceGroupId,
      members: many?.summary.apply((summary) => Object.values(summary.protected)),
    };
  };
}
