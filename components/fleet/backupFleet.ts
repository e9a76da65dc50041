import * as pulumi from "@pulumi/pulumi";
import { parseResourceId } from "../../provider/azure/resourceId";
import { refuseProblems } from "../argumentProblems";
import type { BackupFleetArgs } from "./backupFleetArgs";
import { BlobBackup } from "../blob/blobBackup";
import { DiskBackup } from "../disk/diskBackup";
import type { Member } from "./fleetMembers";
import { judgeMembers, knownIdOf } from "./fleetMembers";
import type { FleetPolicyIds } from "./fleetPolicies";
import { createFleetPolicies, fleetPolicyProblems, useOf } from "./fleetPolicies";
import { FleetSnapshots, fleetSnapshotProblems } from "./fleetSnapshots";
import type { FleetSummary } from "./fleetSummary";
import { reportFailures, summarize } from "./fleetSummary";
import { protectionProblems } from "../protection";

/**
 * Many disks and storage accounts, protected in the same way: a list, members by name, or what a query finds. Each member
 * is a {@link DiskBackup} or {@link BlobBackup} of its own, so an update does only what changed.
 *
 * One member that cannot be protected does not keep the others from it. Every one has its turn; then the update is red, the
 * fleet's row says which members failed and why, `summary` has them all, and the next update tries them again.
 *
 * @example
 * ```ts
 * export = async () => {
 *   const members = await findResourceIds({ tag: { name: "backup", value: "nightly" } });
 *   const fleet = new BackupFleet("nightly", { vault, members, onDelete: "suspendBackups" });
 *   return { summary: fleet.summary };
 * };
 * ```
 */
export class BackupFleet extends pulumi.ComponentResource {
  /** The components of the members, by the members' names. */
  readonly members: Readonly<Record<string, DiskBackup | BlobBackup>>;
  /** Which members are protected, which failed and why, which are skipped and why. Known once nothing is left to do. */
  readonly summary: pulumi.Output<FleetSummary>;

  /**
   * @param name - Logical name; the names of the children start with it.
   * @param opts - Pulumi's options. Under an azure-native `provider`, its own or a parent's, everything signs in as that does.
   * @throws an `Error` that lists all that is wrong with the arguments, before any request.
   */
  constructor(name: string, args: BackupFleetArgs, opts?: pulumi.ComponentResourceOptions) {
    const { members, skipped, problems } = judgeMembers(args);
    refuseProblems(`BackupFleet "${name}"`, [
      ...protectionProblems("a fleet", ownProperties, args, ofEachMember),
      ...problems,
      ...fleetPolicyProblems(members, args),
      ...fleetSnapshotProblems(members, args),
    ]);
    super("azure-dataprotection:index:BackupFleet", name, {}, opts);
    const policyIds = createFleetPolicies(name, members, args, this);
    const snapshots = new FleetSnapshots(name, members, args, this);
    this.members = Object.fromEntries(
      members.map((member) => [
        member.name,
        protect(`${name}-${member.name}`, member, { args, policyIds, snapshots, parent: this }),
      ]),
    );
    this.summary = summarize(this.members, skipped);
    reportFailures(this, name, this.members, this.summary);
    this.registerOutputs({ summary: this.summary });
  }
}

const ownProperties = ["members", "policies", "kinds", "snapshotResourceGroups", "tags"];
const ofEachMember = ["policy", "name", "friendlyName", "onFailure"] as const;

/** What the members of a fleet have in common. */
interface Fleet {
  args: BackupFleetArgs;
  policyIds: FleetPolicyIds;
  snapshots: FleetSnapshots;
  parent: BackupFleet;
}

function protect(
  name: string,
  member: Member,
  { args, policyIds, snapshots, parent }: Fleet,
): DiskBackup | BlobBackup {
  const {
    members: _members,
    policies: _policies,
    kinds: _kinds,
    snapshotResourceGroups: _groups,
    tags,
    ...shared
  } = args;
  const protection = { ...shared, onFailure: "report" } as const;
  const policyId = policyIds[useOf(member)];
  if (member.kind === "blob") {
    const { policy = policyId, ...own } = member.args;
    return new BlobBackup(name, { ...protection, ...own, policy }, { parent });
  }
  const subscriptionId = parseResourceId(knownIdOf(member) ?? "")?.subscriptionId;
  const {
    policy = policyId,
    snapshotResourceGroup = snapshots.groupFor(subscriptionId),
    ...own
  } = member.args;
  return new DiskBackup(name, { ...protection, ...own, policy, snapshotResourceGroup, tags }, { parent });
}
