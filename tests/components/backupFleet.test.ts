import type { BackupFleetArgs } from "../../components";
import { BackupFleet, BackupVault, SnapshotResourceGroup, diskPolicies } from "../../components";
import {
  accountIdOf,
  declaredFleet,
  diskIdOf,
  existingGroupId,
  groupId,
  ours,
  policyIds,
  vault,
  vaultId,
} from "./declared";
import { inputsOf, otherSubscriptionId, registrationsOf, subscriptionId } from "./recordingMonitor";

describe("BackupFleet", () => {
  it("gives every member what the fleet is declared with, and has failures reported", async () => {
    const members = { data: diskIdOf("data"), files: accountIdOf("files") };
    const shared = { onDelete: "suspendBackups", healDrift: false, timeouts: { create: "1h" } } as const;
    const registrations = await declaredFleet({ members, ...shared });
    for (const [name, policyId] of [
      ["estate-data-instance", policyIds.disk],
      ["estate-files-instance", policyIds.blob],
    ] as const) {
      expect(inputsOf(registrations, name)).toMatchObject({
        ...shared,
        vaultId,
        policyId,
        onFailure: "report",
      });
    }
  });

  it("has failures to assign a member's role reported, too, and lets its instance know", async () => {
    const registrations = await declaredFleet({
      members: { data: diskIdOf("data"), files: accountIdOf("files") },
    });
    for (const name of ["estate-data-disk-reader", "estate-files-account-contributor"]) {
      expect(inputsOf(registrations, name).onFailure).toBe("report");
    }
    expect(registrations.get("estate-data-instance")?.dependencies).toContain("estate-data-disk-reader");
  });

  it("lets members differ: containers, policies, snapshot groups", async () => {
    const registrations = await declaredFleet({
      members: {
        data: {
          diskId: diskIdOf("data"),
          policy: `${policyIds.disk}2`,
          snapshotResourceGroup: existingGroupId,
        },
        invoices: { storageAccountId: accountIdOf("documents"), containers: ["invoices"] },
        all: { storageAccountId: accountIdOf("all"), autoProtection: {} },
        lake: { storageAccountId: accountIdOf("lake"), kind: "adls", containers: ["raw"] },
      },
    });
    expect(inputsOf(registrations, "estate-data-instance")).toMatchObject({
      policyId: `${policyIds.disk}2`,
      datasource: { snapshotResourceGroupId: existingGroupId },
    });
    expect(inputsOf(registrations, "estate-invoices-instance")).toMatchObject({
      policyId: policyIds.vaultedBlob,
      datasource: { containers: ["invoices"] },
    });
    expect(inputsOf(registrations, "estate-all-instance").policyId).toBe(policyIds.vaultedBlob);
    expect(inputsOf(registrations, "estate-lake-instance")).toMatchObject({
      policyId: policyIds.dataLake,
      datasource: { kind: "adls", containers: ["raw"] },
    });
  });

  it("takes the policies of this package's vault that fit, and creates one that is a value once for all members", async () => {
    const members = { data: diskIdOf("data"), logs: diskIdOf("logs"), files: accountIdOf("files") };
    const registrations = await registrationsOf(() => {
      new BackupFleet("estate", {
        vault: new BackupVault("backups", { resourceGroupName: "estate", vaultName: "vault" }),
        members,
        policies: { disk: diskPolicies.daily },
      });
    });
    const created = [...registrations.values()].filter(
      ({ type, parent }) => type === `${ours}:BackupPolicy` && parent === "estate",
    );
    expect(created.map(({ name }) => name)).toEqual(["estate-disk-policy"]);
    for (const name of ["estate-data-instance", "estate-logs-instance"]) {
      expect(inputsOf(registrations, name).policyId).toBe(created[0]?.inputs.resourceId);
    }
    expect(inputsOf(registrations, "estate-files-instance").policyId).toMatch(/\/backupPolicies\/blobs-/);
  });

  it("shares a snapshot group in each subscription, a new one or a given one", async () => {
    const given = `/subscriptions/${otherSubscriptionId}/resourceGroups/given`;
    const members = [
      diskIdOf("a"),
      diskIdOf("b"),
      diskIdOf("c", otherSubscriptionId),
      diskIdOf("d", otherSubscriptionId),
    ];
    const groupsOf = async (args: Partial<BackupFleetArgs>): Promise<string[]> => {
      const registrations = await declaredFleet({ members, ...args });
      const instances = [...registrations.values()].filter(({ type }) => type === `${ours}:BackupInstance`);
      const groups = instances.map(({ inputs }) => {
        const { snapshotResourceGroupId } = inputs.datasource as Record<string, string>;
        return String(snapshotResourceGroupId).replace(/[0-9a-f]{8}$/, "*");
      });
      return [...new Set(groups)].sort();
    };
    const made = (subscription: string): string =>
      `/subscriptions/${subscription}/resourceGroups/estate-snapshots-${subscription.slice(0, 8)}-*`;
    expect(await groupsOf({})).toEqual([made(subscriptionId), made(otherSubscriptionId)]);
    const snapshotResourceGroups = { [otherSubscriptionId.toUpperCase()]: given };
    expect(await groupsOf({ snapshotResourceGroups })).toEqual([made(subscriptionId), given]);
    expect(
      await groupsOf({
        snapshotResourceGroups: { [subscriptionId]: groupId, ...snapshotResourceGroups },
        roles: "existing",
      }),
    ).toEqual([groupId, given]);
  });

  it("takes snapshot groups of the program", async () => {
    const registrations = await registrationsOf(() => {
      const snapshots = new SnapshotResourceGroup("snapshots", { vault, resourceGroupId: groupId });
      const snapshotResourceGroups = { [subscriptionId]: snapshots };
      new BackupFleet("estate", {
        vault,
        policies: policyIds,
        members: [diskIdOf("a")],
        snapshotResourceGroups,
      });
    });
    expect(
      [...registrations.values()].filter(({ type }) => type.endsWith(":SnapshotResourceGroup")),
    ).toHaveLength(1);
  });
});
