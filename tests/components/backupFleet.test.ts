import * as azureNative from "@pulumi/azure-native/provider";
import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { BackupFleetArgs, FleetSummary } from "../../components";
import {
  BackupFleet,
  BackupVault,
  SnapshotResourceGroup,
  blobPolicies,
  diskPolicies,
} from "../../components";
import {
  childrenOf,
  otherSubscriptionId,
  principalId,
  registrationsOf,
  subscriptionId,
} from "./recordingMonitor";
import type { Registration } from "./recordingMonitor";

const group = `/subscriptions/${subscriptionId}/resourceGroups/estate`;
const disk = (name: string, subscription = subscriptionId): string =>
  `/subscriptions/${subscription}/resourceGroups/estate/providers/Microsoft.Compute/disks/${name}`;
const account = (name: string): string => `${group}/providers/Microsoft.Storage/storageAccounts/${name}`;
const machineId = `${group}/providers/Microsoft.Compute/virtualMachines/web`;
const vaultId = `${group}/providers/Microsoft.DataProtection/backupVaults/vault`;
const policies = {
  disk: `${vaultId}/backupPolicies/disks`,
  blob: `${vaultId}/backupPolicies/blobs`,
  vaultedBlob: `${vaultId}/backupPolicies/vaulted`,
  dataLake: `${vaultId}/backupPolicies/lakes`,
};
const vault = { id: vaultId, principalId, location: "westeurope" };
const ours = "pulumi-nodejs:dynamic/azure-dataprotection";
const components = "azure-dataprotection:index";

async function registrationsOfFleet(
  args: Partial<BackupFleetArgs> & Pick<BackupFleetArgs, "members">,
  options: { isPreview?: boolean; opts?: () => pulumi.ComponentResourceOptions } = {},
): Promise<Map<string, Registration>> {
  const declare = (): void => {
    new BackupFleet("estate", { vault, policies, ...args }, options.opts?.());
  };
  return registrationsOf(declare, { isPreview: options.isPreview });
}

async function summaryOf(
  args: Partial<BackupFleetArgs> & Pick<BackupFleetArgs, "members">,
): Promise<FleetSummary> {
  let summary: FleetSummary | undefined;
  await registrationsOf(() => {
    const fleet = new BackupFleet("estate", { vault, policies, ...args });
    fleet.summary.apply((known) => (summary = known));
  });
  return summary!;
}

const inputsOf = (registrations: Map<string, Registration>, name: string): Record<string, unknown> =>
  registrations.get(name)?.inputs ?? {};

describe("BackupFleet", () => {
  it("declares a component for each member, and one snapshot group for all disks", async () => {
    const members = { data: disk("data"), logs: { diskId: disk("logs") }, files: account("files") };
    const snapshots = `estate-snapshots-${subscriptionId.slice(0, 8)}`;
    expect(childrenOf(await registrationsOfFleet({ members }))).toEqual([
      ["estate", `${components}:BackupFleet`, ""],
      ["estate-data", `${components}:DiskBackup`, "estate"],
      ["estate-data-disk-reader", `${ours}:RoleAssignment`, "estate-data"],
      ["estate-data-instance", `${ours}:BackupInstance`, "estate-data"],
      ["estate-files", `${components}:BlobBackup`, "estate"],
      ["estate-files-account-contributor", `${ours}:RoleAssignment`, "estate-files"],
      ["estate-files-instance", `${ours}:BackupInstance`, "estate-files"],
      ["estate-logs", `${components}:DiskBackup`, "estate"],
      ["estate-logs-disk-reader", `${ours}:RoleAssignment`, "estate-logs"],
      ["estate-logs-instance", `${ours}:BackupInstance`, "estate-logs"],
      [snapshots, `${components}:SnapshotResourceGroup`, "estate"],
      [`${snapshots}-group`, `${ours}:ResourceGroup`, snapshots],
      [`${snapshots}-snapshot-contributor`, `${ours}:RoleAssignment`, snapshots],
    ]);
  });

  it("gives every member what the fleet is declared with, and has failures reported", async () => {
    const members = { data: disk("data"), files: account("files") };
    const shared = { onDelete: "suspendBackups", healDrift: false, timeouts: { create: "1h" } } as const;
    const registrations = await registrationsOfFleet({ members, ...shared });
    for (const [name, policyId] of [
      ["estate-data-instance", policies.disk],
      ["estate-files-instance", policies.blob],
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
    const registrations = await registrationsOfFleet({
      members: { data: disk("data"), files: account("files") },
    });
    for (const name of ["estate-data-disk-reader", "estate-files-account-contributor"]) {
      expect(inputsOf(registrations, name).onFailure).toBe("report");
    }
    expect(registrations.get("estate-data-instance")?.dependencies).toContain("estate-data-disk-reader");
  });

  it("lets members differ: containers, policies, snapshot groups", async () => {
    const ownGroupId = `${group.replace("estate", "own")}`;
    const registrations = await registrationsOfFleet({
      members: {
        data: { diskId: disk("data"), policy: `${policies.disk}2`, snapshotResourceGroup: ownGroupId },
        invoices: { storageAccountId: account("documents"), containers: ["invoices"] },
        all: { storageAccountId: account("all"), autoProtection: {} },
        lake: { storageAccountId: account("lake"), kind: "adls", containers: ["raw"] },
      },
    });
    expect(inputsOf(registrations, "estate-data-instance")).toMatchObject({
      policyId: `${policies.disk}2`,
      datasource: { snapshotResourceGroupId: ownGroupId },
    });
    expect(inputsOf(registrations, "estate-invoices-instance")).toMatchObject({
      policyId: policies.vaultedBlob,
      datasource: { containers: ["invoices"] },
    });
    expect(inputsOf(registrations, "estate-all-instance").policyId).toBe(policies.vaultedBlob);
    expect(inputsOf(registrations, "estate-lake-instance")).toMatchObject({
      policyId: policies.dataLake,
      datasource: { kind: "adls", containers: ["raw"] },
    });
  });

  it("takes the policies of this package's vault that fit, and creates one that is a value once for all members", async () => {
    const members = { data: disk("data"), logs: disk("logs"), files: account("files") };
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
    const members = [disk("a"), disk("b"), disk("c", otherSubscriptionId), disk("d", otherSubscriptionId)];
    const groupsOf = async (args: Partial<BackupFleetArgs>): Promise<string[]> => {
      const registrations = await registrationsOfFleet({ members, ...args });
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
        snapshotResourceGroups: { [subscriptionId]: group, ...snapshotResourceGroups },
        roles: "existing",
      }),
    ).toEqual([group, given]);
  });

  it("takes snapshot groups of the program", async () => {
    const registrations = await registrationsOf(() => {
      const snapshots = new SnapshotResourceGroup("snapshots", { vault, resourceGroupId: group });
      const snapshotResourceGroups = { [subscriptionId]: snapshots };
      new BackupFleet("estate", { vault, policies, members: [disk("a")], snapshotResourceGroups });
    });
    expect(
      [...registrations.values()].filter(({ type }) => type.endsWith(":SnapshotResourceGroup")),
    ).toHaveLength(1);
  });

  it("takes ids that are not known yet, of members with names", async () => {
    const diskId = pulumi.output(pulumi.unknown) as pulumi.Output<string>;
    const registrations = await registrationsOfFleet({ members: { data: { diskId } } }, { isPreview: true });
    expect(registrations.get("estate-data-instance")?.type).toBe(`${ours}:BackupInstance`);
  });

  it("hands its options on to all children", async () => {
    const members = { data: disk("data"), files: account("files") };
    const opts = (): pulumi.ComponentResourceOptions => ({ provider: new azureNative.Provider("elsewhere") });
    const registrations = await registrationsOfFleet({ members }, { opts });
    const parents = [...registrations.values()]
      .filter(({ type }) => type !== "pulumi:providers:azure-native")
      .map(({ name, parent }) => [name, parent]);
    expect(parents.filter(([, parent]) => parent === "")).toEqual([["estate", ""]]);
  });

  describe("of a list", () => {
    it("names members after their resources and ids, so that the order and the spelling of the list do not matter", () =>
      fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 1 }),
          fc.boolean(),
          async (names, isUpperCase) => {
            const ids = names.map((name) => disk(name));
            const spelled = ids.map((id) => (isUpperCase ? id.toUpperCase() : id));
            const instancesOf = async (members: string[]): Promise<string[]> =>
              [...(await registrationsOfFleet({ members })).keys()]
                .filter((name) => /-instance$/.test(name))
                .sort();
            expect(await instancesOf([...spelled].reverse())).toEqual(await instancesOf([...ids, ...ids]));
          },
        ),
        { numRuns: 10 },
      ));

    it("tells namesakes apart", async () => {
      const members = [disk("data"), disk("data", otherSubscriptionId)];
      const registrations = await registrationsOfFleet({ members });
      const names = [...registrations.keys()].filter((name) => name.endsWith("-instance"));
      expect(names).toEqual(names.map(() => expect.stringMatching(/^estate-data-[0-9a-f]{8}-instance$/)));
      expect(new Set(names).size).toBe(2);
    });
  });

  describe("sums up", () => {
    it("who is protected, and who is skipped and why", async () => {
      const members = [disk("data"), machineId, account("files")];
      const summary = await summaryOf({ members, kinds: ["disk"] });
      expect(Object.keys(summary.protected)).toEqual([expect.stringMatching(/^data-[0-9a-f]{8}$/)]);
      expect(summary.failed).toEqual({});
      expect(summary.skipped).toEqual({
        [machineId]: "this package protects no Microsoft.Compute/virtualMachines",
        [account("files")]: "the fleet protects disks only",
      });
    });

    it("nothing for no members", async () => {
      expect(await summaryOf({ members: [] })).toEqual({ protected: {}, failed: {}, skipped: {} });
    });
  });

  it.each<[property: string, args: object, reason: RegExp]>([
    ["members", {}, /neither a list of ARM ids nor an object/],
    ["members", { members: "all" }, /neither a list/],
    ["members", { members: Promise.resolve([]) }, /await the promise before/],
    ["members", { members: pulumi.output([]) }, /give outputs as the ids of members with names/],
    ["members[1]", { members: [disk("a"), "data"] }, /"data" is not the ARM id of a resource/],
    ["members[0]", { members: [pulumi.output(disk("a"))] }, /is no member; give an ARM id/],
    ["members[0]", { members: [group] }, /is not the ARM id of a resource/],
    ["kinds", { members: [], kinds: ["disks"] }, /"disks" is none of "disk", "blob"/],
    ["name", { members: [], name: "all" }, /a fleet has no such property; it has members, /],
    ["vault", { members: [], vault: undefined }, /is missing; give a vault/],
    ['members["a"]', { members: { a: {} } }, /\{ diskId \} or \{ storageAccountId \}/],
    [
      'members["a"]',
      { members: { a: { diskId: disk("a"), storageAccountId: account("a") } } },
      /is no member/,
    ],
    [
      'members["a"]',
      { members: { a: { diskId: disk("a"), containers: ["b"] } } },
      /has no containers; it has diskId,/,
    ],
    ['members["a"]', { members: { a: { diskId: account("a") } } }, /is not the ARM id of a managed disk/],
    [
      'members["b"]',
      { members: { a: disk("a"), b: { diskId: disk("A") } } },
      /is the same resource as members\["a"\]; name it once/,
    ],
    ["policies.disk", { members: [disk("a")], policies: {} }, /is missing; give a policy for disks/],
    [
      "policies.disk",
      { members: [disk("a")], policies: { disk: blobPolicies.vaulted } },
      /is a policy for blobs/,
    ],
    [
      "policies.disks",
      { members: [], policies: { disks: policies.disk } },
      /is none of disk, blob, vaultedBlob, dataLake/,
    ],
    [
      'members["a"].policy',
      { members: { a: { diskId: disk("a"), policy: blobPolicies.operational } } },
      /is a policy for blobs/,
    ],
    [
      "policies.vaultedBlob",
      {
        members: { a: { storageAccountId: account("a"), containers: ["b"] } },
        policies: { blob: policies.blob },
      },
      /is missing; give a policy for blobs with backup to the vault/,
    ],
    [
      "snapshotResourceGroups",
      { members: [disk("a")], roles: "existing" },
      /has none for members\[0\]; a new group/,
    ],
  ])("refuses %s before anything is registered: %j", async (property, args, reason) => {
    let message = "";
    const registrations = await registrationsOf(() => {
      try {
        new BackupFleet("estate", { vault, policies, ...args } as BackupFleetArgs);
      } catch (error) {
        message = (error as Error).message;
      }
    });
    expect(message).toContain(`declaring BackupFleet "estate": ${property}: `);
    expect(message).toMatch(reason);
    expect([...registrations.keys()]).toEqual([]);
  });
});
