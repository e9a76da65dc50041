import type { Untrusted } from "../../../provider/azure/json";
import {
  diskId,
  otherSubscriptionId,
  policyId,
  snapshotResourceGroupId,
  subscriptionId,
  vaultId,
} from "../declaration";
import { blobDeclaration } from "../declaration";
import { disk, withContainers, withDisk } from "./untrusted";

const otherVaultsPolicy = policyId.replace("backupVaults/vault", "backupVaults/other");
const identityId = `/subscriptions/${subscriptionId}/resourceGroups/estate/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backups`;
const withAccount = (changes: object): Untrusted => {
  const { datasource, ...declared } = blobDeclaration();
  return { ...declared, datasource: { ...datasource, ...changes } };
};

/** Inputs that `check` refuses. */
export const checkRefusals: [what: string, inputs: Untrusted, property: string, reason: RegExp][] = [
  [
    "a missing vault",
    { ...disk, vaultId: undefined },
    "vaultId",
    /is missing; give the ARM id of a Microsoft.DataProtection/,
  ],
  ["a vault that is no text", { ...disk, vaultId: 7 }, "vaultId", /is not a text/],
  ["a vault that is no id", { ...disk, vaultId: "vault" }, "vaultId", /"vault" is not an ARM id/],
  [
    "a disk where a vault belongs",
    { ...disk, vaultId: diskId },
    "vaultId",
    /is the id of a Microsoft.Compute\/disks/,
  ],
  ["an id with a query", { ...disk, vaultId: `${vaultId}?x=1` }, "vaultId", /is not an ARM id/],
  ["an id with a trailing slash", { ...disk, vaultId: `${vaultId}/` }, "vaultId", /is not an ARM id/],
  [
    "a vault where a policy belongs",
    { ...disk, policyId: vaultId },
    "policyId",
    /is the id of a Microsoft.DataProtection\/backupVaults;/,
  ],
  [
    "a policy of another vault",
    { ...disk, policyId: otherVaultsPolicy },
    "policyId",
    /policy of another vault/,
  ],
  [
    "no datasource",
    { ...disk, datasource: undefined },
    "datasource",
    /is missing; give an object whose kind is "disk" or "blob"/,
  ],
  ["a datasource without a kind", { ...disk, datasource: {} }, "datasource.kind", /nothing is no kind/],
  [
    "an unknown kind",
    { ...disk, datasource: { kind: "tape" } },
    "datasource.kind",
    /"tape" is no kind of datasource; give "disk" or "blob"/,
  ],
  [
    "a kind of JavaScript's own",
    { ...disk, datasource: { kind: "constructor" } },
    "datasource.kind",
    /"constructor" is no kind/,
  ],
  [
    "a vault where a disk belongs",
    withDisk({ diskId: vaultId }),
    "datasource.diskId",
    /is the id of a Microsoft.DataProtection\/backupVaults; give the ARM id of a Microsoft.Compute\/disks/,
  ],
  [
    "a missing snapshot group",
    withDisk({ snapshotResourceGroupId: undefined }),
    "datasource.snapshotResourceGroupId",
    /is missing; give the ARM id of a resource group/,
  ],
  [
    "a disk where a group belongs",
    withDisk({ snapshotResourceGroupId: diskId }),
    "datasource.snapshotResourceGroupId",
    /is the id of a Microsoft.Compute\/disks/,
  ],
  [
    "a snapshot group in another subscription",
    withDisk({
      snapshotResourceGroupId: snapshotResourceGroupId.replace(subscriptionId, otherSubscriptionId),
    }),
    "datasource.snapshotResourceGroupId",
    new RegExp(`in subscription ${otherSubscriptionId}, the disk in ${subscriptionId}`),
  ],
  [
    "a property of another kind",
    withDisk({ containers: ["a"] }),
    "datasource.containers",
    /has no such property; it has diskId, snapshotResourceGroupId, location/,
  ],
  ["a location that is no text", withDisk({ location: 7 }), "datasource.location", /give a region/],
  [
    "a disk where an account belongs",
    { ...disk, datasource: { kind: "blob", storageAccountId: diskId } },
    "datasource.storageAccountId",
    /is the id of a Microsoft.Compute\/disks/,
  ],
  ["no containers", withContainers([]), "datasource.containers", /the list is empty/],
  ["containers that are no list", withContainers("a"), "datasource.containers", /is not a list of texts/],
  ["containers that are no texts", withContainers([1]), "datasource.containers", /is not a list of texts/],
  [
    "a container twice",
    withContainers(["abc", "def", "abc"]),
    "datasource.containers[2]",
    /"abc" is in the list twice/,
  ],
  [
    "too many containers",
    withContainers(Array.from({ length: 1001 }, (_, index) => `c-${index}`)),
    "datasource.containers",
    /1001 containers; Azure Backup protects at most 1000/,
  ],
  ["a name", { ...disk, name: "a/b" }, "name", /"a\/b" cannot be the name of an instance/],
  ["an empty name", { ...disk, name: "" }, "name", /cannot be the name/],
  ["a name with a space at its end", { ...disk, name: "a " }, "name", /no space at the ends/],
  ["a name of 261 characters", { ...disk, name: "a".repeat(261) }, "name", /1 to 260 characters/],
  ["a name that is no text", { ...disk, name: 7 }, "name", /is not a text/],
  ["an empty friendly name", { ...disk, friendlyName: " " }, "friendlyName", /is empty/],
  [
    "a timeout that is no duration",
    { ...disk, timeouts: { create: "45 minutes" } },
    "timeouts.create",
    /"45 minutes" is no duration; give one as in "45m"/,
  ],
  ["a timeout of zero", { ...disk, timeouts: { delete: "0s" } }, "timeouts.delete", /is no duration/],
  [
    "a timeout of nothing known",
    { ...disk, timeouts: { read: "5m" } },
    "timeouts.read",
    /there are create, update, delete/,
  ],
  ["timeouts that are no object", { ...disk, timeouts: "45m" }, "timeouts", /is not an object/],
  [
    "an end that is none",
    { ...disk, onDelete: "drop" },
    "onDelete",
    /"drop" is none of "delete", "stopProtection", "suspendBackups", "retain"/,
  ],
  [
    "an answer to failures that is none",
    { ...disk, onFailure: "ignore" },
    "onFailure",
    /"ignore" is none of "fail", "report"/,
  ],
  [
    "stopping what cannot be stopped",
    { ...withContainers(undefined), onDelete: "stopProtection" },
    "onDelete",
    /operational backup of blobs cannot be stopped/,
  ],
  [
    "a recovery that is neither",
    { ...disk, recoverSoftDeleted: "yes" },
    "recoverSoftDeleted",
    /neither true nor false/,
  ],
  ["a name that is none", { ...disk, name: "a/b" }, "name", /./],
  ["an empty friendly name", { ...disk, friendlyName: " " }, "friendlyName", /is empty or not a text/],
  [
    "a stack that is none",
    { ...disk, takeOverFrom: "dev" },
    "takeOverFrom",
    /give one as in "project\/stack"/,
  ],
  ["a switch that is neither", { ...disk, healDrift: "no" }, "healDrift", /neither true nor false/],
  ["another", { ...disk, validateOnPreview: 1 }, "validateOnPreview", /neither true nor false/],
  [
    "an identity that is none",
    { ...disk, userAssignedIdentityId: vaultId },
    "userAssignedIdentityId",
    /is the id of a Microsoft.DataProtection\/backupVaults; give the ARM id of a Microsoft.ManagedIdentity/,
  ],
  [
    "a user-assigned identity for what is copied to the vault",
    { ...withContainers(["invoices"]), userAssignedIdentityId: identityId },
    "userAssignedIdentityId",
    /blobs are copied to the vault by its own \(system-assigned\) identity only; leave this out/,
  ],
  [
    "a region that is none",
    withDisk({ location: "" }),
    "datasource.location",
    /is not a text; give a region/,
  ],
  [
    "a Data Lake account without containers",
    withAccount({ kind: "adls" }),
    "datasource.containers",
    /Data Lake accounts are always copied to the vault/,
  ],
  [
    "containers, and all of them",
    withAccount({ containers: ["invoices"], autoProtection: {} }),
    "datasource.autoProtection",
    /containers are named, too/,
  ],
  [
    "automatic protection that is none",
    withAccount({ autoProtection: { excluded: ["temp"] } }),
    "datasource.autoProtection",
    /give \{\} for all containers/,
  ],
  [
    "a prefix that no container has",
    withAccount({ autoProtection: { excludedPrefixes: ["Temp"] } }),
    "datasource.autoProtection.excludedPrefixes[0]",
    /"Temp" begins no container's name/,
  ],
];
