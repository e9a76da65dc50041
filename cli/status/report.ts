import { describeAge, describeHealth } from "../../provider/dataProtection/recovery/health";
import { describeDeletion } from "../../provider/instance/recovery";
import type { Output } from "../output";
import { jsonOf, tableOf } from "../output";
import type { InstanceStatus, VaultStatus } from "./findings";

const nameOf = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** What was found, for people or for programs. */
export function describeStatus(vaults: readonly VaultStatus[], output: Output): string {
  return output === "json" ? jsonOf(vaults.map(documentOf)) : tableOfVaults(vaults);
}

function tableOfVaults(vaults: readonly VaultStatus[]): string {
  const headings = ["VAULT", "INSTANCE", "STATE", "POLICY", "LAST BACKUP", "AGE", "REMARK"];
  const rows = vaults.flatMap(({ vaultId, instances, softDeleted }) => [
    ...instances.map((status) => [nameOf(vaultId), ...cellsOf(status)]),
    ...softDeleted.map((instance) => [
      nameOf(vaultId),
      instance.name,
      "SoftDeleted",
      nameOf(instance.properties.policyInfo.policyId),
      "",
      "",
      describeDeletion(instance),
    ]),
  ]);
  return rows.length === 0 ? "there are no backup instances" : tableOf(headings, rows);
}

function cellsOf(status: InstanceStatus): string[] {
  const { instance, schedule, protectionState, lastBackup, lastBackupAgeInMs } = status;
  return [
    instance.name,
    protectionState,
    nameOf(instance.properties.policyInfo.policyId),
    lastBackup ?? "",
    lastBackupAgeInMs === undefined ? "" : describeAge(lastBackupAgeInMs),
    describeHealth(status, schedule),
  ];
}

function documentOf({ vaultId, instances, softDeleted }: VaultStatus): object {
  return {
    vaultId,
    instances: instances.map(({ instance, schedule, lastBackupAgeInMs, ...health }) => ({
      id: instance.id,
      name: instance.name,
      datasourceId: instance.properties.dataSourceInfo.resourceID,
      policyId: instance.properties.policyInfo.policyId,
      ...health,
      lastBackupAgeInSeconds: lastBackupAgeInMs && Math.round(lastBackupAgeInMs / 1000),
      policyIntervalInSeconds: schedule?.intervalInMs && schedule.intervalInMs / 1000,
    })),
    softDeleted: softDeleted.map(({ id, name, properties }) => ({
      id,
      name,
      datasourceId: properties.dataSourceInfo.resourceID,
      deletionTime: properties.deletionInfo?.deletionTime,
      scheduledPurgeTime: properties.deletionInfo?.scheduledPurgeTime,
    })),
  };
}
