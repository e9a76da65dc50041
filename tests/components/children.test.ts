import * as azureNative from "@pulumi/azure-native/provider";
import type * as pulumi from "@pulumi/pulumi";
import {
  BackupFleet,
  BackupVault,
  BlobBackup,
  DiskBackup,
  SnapshotResourceGroup,
  diskPolicies,
} from "../../components";
import {
  accountIdOf,
  components,
  diskIdOf,
  groupId,
  guardId,
  ours,
  policyIds,
  vault,
  vaultId,
} from "./declared";
import type { Child, Registration } from "./recordingMonitor";
import { childrenOf, otherSubscriptionId, registrationsOf, subscriptionId } from "./recordingMonitor";

const diskId = diskIdOf("data");
const accountId = accountIdOf("files");
const subscription = `/subscriptions/${subscriptionId}`;
const newGroup = (name: string): RegExp => new RegExp(`^${subscription}/resourceGroups/${name}-[0-9a-f]{8}$`);
const fleetSnapshots = `estate-snapshots-${subscriptionId.slice(0, 8)}`;

/** The scope of a child, or a pattern where it has a hash in it. */
type ExpectedChild = [...place: [name: string, type: string, parent: string], scope: string | RegExp];

const table: {
  component: { name: string };
  declare: (opts: pulumi.ComponentResourceOptions) => unknown;
  children: ExpectedChild[];
}[] = [
  {
    component: DiskBackup,
    declare: (opts) => new DiskBackup("data", { diskId, vault, policy: diskPolicies.daily }, opts),
    children: [
      ["data", `${components}:DiskBackup`, "", ""],
      ["data-disk-reader", `${ours}:RoleAssignment`, "data", diskId],
      ["data-instance", `${ours}:BackupInstance`, "data", diskId],
      ["data-policy", `${ours}:BackupPolicy`, "data", vaultId],
      ["data-snapshots", `${components}:SnapshotResourceGroup`, "data", ""],
      ["data-snapshots-group", `${ours}:ResourceGroup`, "data-snapshots", subscription],
      [
        "data-snapshots-snapshot-contributor",
        `${ours}:RoleAssignment`,
        "data-snapshots",
        newGroup("data-snapshots"),
      ],
    ],
  },
  {
    component: BlobBackup,
    declare: (opts) =>
      new BlobBackup("files", { storageAccountId: accountId, vault, policy: policyIds.blob }, opts),
    children: [
      ["files", `${components}:BlobBackup`, "", ""],
      ["files-account-contributor", `${ours}:RoleAssignment`, "files", accountId],
      ["files-instance", `${ours}:BackupInstance`, "files", accountId],
    ],
  },
  {
    component: SnapshotResourceGroup,
    declare: (opts) => new SnapshotResourceGroup("snapshots", { vault, resourceGroupId: groupId }, opts),
    children: [
      ["snapshots", `${components}:SnapshotResourceGroup`, "", ""],
      ["snapshots-snapshot-contributor", `${ours}:RoleAssignment`, "snapshots", groupId],
    ],
  },
  {
    component: BackupVault,
    declare: (opts) =>
      new BackupVault(
        "backups",
        { vaultName: "vault", resourceGuardId: guardId, policies: { daily: diskPolicies.daily } },
        opts,
      ),
    children: [
      ["backups", `${components}:BackupVault`, "", ""],
      ["backups-daily", `${ours}:BackupPolicy`, "backups", /\/backups-[0-9a-f]{8}\/.*\/backupVaults\/vault$/],
      ["backups-group", `${ours}:ResourceGroup`, "backups", subscription],
      ["backups-resource-guard-proxy", `${ours}:ResourceGuardProxy`, "backups", /\/backupVaults\/vault$/],
      ["backups-vault", `${ours}:BackupVault`, "backups", newGroup("backups")],
    ],
  },
  {
    component: BackupFleet,
    declare: (opts) => {
      const members = { data: diskId, files: accountId, logs: diskIdOf("logs") };
      const policies = { ...policyIds, disk: diskPolicies.daily };
      return new BackupFleet("estate", { vault, policies, members }, opts);
    },
    children: [
      ["estate", `${components}:BackupFleet`, "", ""],
      ["estate-data", `${components}:DiskBackup`, "estate", ""],
      ["estate-data-disk-reader", `${ours}:RoleAssignment`, "estate-data", diskId],
      ["estate-data-instance", `${ours}:BackupInstance`, "estate-data", diskId],
      ["estate-disk-policy", `${ours}:BackupPolicy`, "estate", vaultId],
      ["estate-files", `${components}:BlobBackup`, "estate", ""],
      ["estate-files-account-contributor", `${ours}:RoleAssignment`, "estate-files", accountId],
      ["estate-files-instance", `${ours}:BackupInstance`, "estate-files", accountId],
      ["estate-logs", `${components}:DiskBackup`, "estate", ""],
      ["estate-logs-disk-reader", `${ours}:RoleAssignment`, "estate-logs", diskIdOf("logs")],
      ["estate-logs-instance", `${ours}:BackupInstance`, "estate-logs", diskIdOf("logs")],
      [fleetSnapshots, `${components}:SnapshotResourceGroup`, "estate", ""],
      [`${fleetSnapshots}-group`, `${ours}:ResourceGroup`, fleetSnapshots, subscription],
      [
        `${fleetSnapshots}-snapshot-contributor`,
        `${ours}:RoleAssignment`,
        fleetSnapshots,
        newGroup(fleetSnapshots),
      ],
    ],
  },
];

describe.each(table)("the children of a $component.name", ({ declare, children }) => {
  it("have these names, types, parents and scopes", async () => {
    const expected = children.map(([name, type, parent, scope]) => [
      name,
      type,
      parent,
      typeof scope === "string" ? scope : expect.stringMatching(scope),
    ]);
    expect(childrenOf(await registrationsOf(() => void declare({})))).toEqual(expected);
  });

  it("are the same below an azure-native provider, and all are served by one host with its settings", async () => {
    const registrations = await registrationsOf(
      () => void declare({ provider: new azureNative.Provider("elsewhere") }),
    );
    const places = childrenOf(registrations).map(placeOf);
    expect(places).toEqual(children.map(([name, type, parent]) => [name, type, parent]));
    expect(providersOf(registrations)).toEqual(["elsewhere"]);
  });
});

describe("a BackupVault below an azure-native provider", () => {
  it("is in that one's subscription", async () => {
    const registrations = await registrationsOf(
      () => void new BackupVault("backups", {}, { provider: new azureNative.Provider("elsewhere") }),
    );
    for (const [name, , , scope] of childrenOf(registrations).filter(([, type]) => type.startsWith(ours))) {
      expect([name, scope]).toEqual([name, expect.stringContaining(`/subscriptions/${otherSubscriptionId}`)]);
    }
  });
});

function placeOf([name, type, parent]: Child): [name: string, type: string, parent: string] {
  return [name, type, parent];
}

function providersOf(registrations: Map<string, Registration>): string[] {
  const resources = [...registrations.values()].filter(({ type }) => type.startsWith(ours));
  return [...new Set(resources.map(({ provider }) => provider))];
}
