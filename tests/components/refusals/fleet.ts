import * as pulumi from "@pulumi/pulumi";
import { blobPolicies } from "../../../components";
import { accountIdOf, diskIdOf, groupId, policyIds } from "../declared";
import type { Refusal } from "./refusal";

/** What is wrong with a fleet. */
export const fleetRefusals: Refusal[] = [
  ["members", {}, /neither a list of ARM ids nor an object/],
  ["members", { members: "all" }, /neither a list/],
  ["members", { members: Promise.resolve([]) }, /await the promise before/],
  ["members", { members: pulumi.output([]) }, /give outputs as the ids of members with names/],
  ["members[1]", { members: [diskIdOf("a"), "data"] }, /"data" is not the ARM id of a resource/],
  ["members[0]", { members: [pulumi.output(diskIdOf("a"))] }, /is no member; give an ARM id/],
  ["members[0]", { members: [groupId] }, /is not the ARM id of a resource/],
  ["kinds", { members: [], kinds: ["disks"] }, /"disks" is none of "disk", "blob"/],
  ["name", { members: [], name: "all" }, /a fleet has no such property; it has members, /],
  ["vault", { members: [], vault: undefined }, /is missing; give a vault/],
  ['members["a"]', { members: { a: {} } }, /\{ diskId \} or \{ storageAccountId \}/],
  [
    'members["a"]',
    { members: { a: { diskId: diskIdOf("a"), storageAccountId: accountIdOf("a") } } },
    /is no member/,
  ],
  [
    'members["a"]',
    { members: { a: { diskId: diskIdOf("a"), containers: ["b"] } } },
    /has no containers; it has diskId,/,
  ],
  ['members["a"]', { members: { a: { diskId: accountIdOf("a") } } }, /is not the ARM id of a managed disk/],
  [
    'members["b"]',
    { members: { a: diskIdOf("a"), b: { diskId: diskIdOf("A") } } },
    /is the same resource as members\["a"\]; name it once/,
  ],
  ["policies.disk", { members: [diskIdOf("a")], policies: {} }, /is missing; give a policy for disks/],
  [
    "policies.disk",
    { members: [diskIdOf("a")], policies: { disk: blobPolicies.vaulted } },
    /is a policy for blobs/,
  ],
  [
    "policies.disks",
    { members: [], policies: { disks: policyIds.disk } },
    /is none of disk, blob, vaultedBlob, dataLake/,
  ],
  [
    'members["a"].policy',
    { members: { a: { diskId: diskIdOf("a"), policy: blobPolicies.operational } } },
    /is a policy for blobs/,
  ],
  [
    "policies.vaultedBlob",
    {
      members: { a: { storageAccountId: accountIdOf("a"), containers: ["b"] } },
      policies: { blob: policyIds.blob },
    },
    /is missing; give a policy for blobs with backup to the vault/,
  ],
  [
    "snapshotResourceGroups",
    { members: [diskIdOf("a")], roles: "existing" },
    /has none for members\[0\]; a new group/,
  ],
  ["kinds", { members: [], kinds: "disk" }, /is not a list/],
  [
    "snapshotResourceGroups",
    { members: [diskIdOf("a")], snapshotResourceGroups: { production: groupId } },
    /"production" is no id of a subscription/,
  ],
  ["vault.id", { members: [], vault: { principalId: "p" } }, /is missing/],
];
