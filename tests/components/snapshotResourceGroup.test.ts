import { DiskBackup, SnapshotResourceGroup } from "../../components";
import { diskIdOf, existingGroupId, policyIds, vault } from "./declared";
import type { Registration } from "./recordingMonitor";
import { inputsOf, principalId, registrationsOf, userAssignedPrincipalId } from "./recordingMonitor";

const diskId = diskIdOf("data");

describe("disks that share a snapshot group", () => {
  const contributors = (registrations: Map<string, Registration>): string[] =>
    [...registrations.keys()].filter((name) => name.endsWith("snapshot-contributor"));
  const logsId = `${diskId}2`;

  it("share its role assignment when they are given the same component", async () => {
    const registrations = await registrationsOf(() => {
      const snapshotResourceGroup = new SnapshotResourceGroup("snapshots", { vault });
      new DiskBackup("data", { diskId, vault, policy: policyIds.disk, snapshotResourceGroup });
      new DiskBackup("logs", { diskId: logsId, vault, policy: policyIds.disk, snapshotResourceGroup });
    });
    expect(contributors(registrations)).toEqual(["snapshots-snapshot-contributor"]);
    expect(registrations.get("logs-instance")?.dependencies).toContain("snapshots-snapshot-contributor");
  });

  it("mean one assignment when they are given the same id and vault, and two when their vaults differ", async () => {
    const assignmentsOf = async (...principals: string[]): Promise<number> => {
      const registrations = await registrationsOf(() => {
        principals.forEach((id, index) => {
          const given = { ...vault, principalId: id };
          const args = { diskId, policy: policyIds.disk, snapshotResourceGroup: existingGroupId };
          new DiskBackup(`data${index}`, { ...args, vault: given });
        });
      });
      const ids = contributors(registrations).map((name) => inputsOf(registrations, name).resourceId);
      return new Set(ids).size;
    };
    expect(await assignmentsOf(principalId, principalId)).toBe(1);
    expect(await assignmentsOf(principalId, userAssignedPrincipalId)).toBe(2);
  });
});
