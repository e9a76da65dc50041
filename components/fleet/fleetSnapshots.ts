import type * as pulumi from "@pulumi/pulumi";
import { parseResourceId } from "../../provider/azure/resourceId";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import { subscriptionIdProblems } from "../argumentProblems";
import type { BackupFleetArgs } from "./backupFleetArgs";
import type { DiskBackupArgs } from "../disk/diskBackup";
import type { Member } from "./fleetMembers";
import { knownIdOf } from "./fleetMembers";
import type { KnownSnapshotsArgs } from "../disk/snapshotResourceGroup";
import { SnapshotResourceGroup, snapshotsOf } from "../disk/snapshotResourceGroup";

/** What is wrong with the places that snapshots are kept in. */
export function fleetSnapshotProblems(
  members: Member[],
  { snapshotResourceGroups = {}, roles }: BackupFleetArgs,
): InputProblem[] {
  const problems = Object.keys(snapshotResourceGroups).flatMap((id) =>
    subscriptionIdProblems("snapshotResourceGroups", id),
  );
  if (roles !== "existing" || problems.length > 0) {
    return problems;
  }
  const given = Object.keys(snapshotResourceGroups).map((id) => id.toLowerCase());
  const lacking = members.find((member) => {
    const subscriptionId = parseResourceId(knownIdOf(member) ?? "")?.subscriptionId.toLowerCase() ?? "";
    return (
      member.kind === "disk" &&
      member.args.snapshotResourceGroup === undefined &&
      !given.includes(subscriptionId)
    );
  });
  const reason =
    `has none for ${lacking?.property}; a new group has no roles yet, so give the group in the disk's subscription on ` +
    "which the vault has its role";
  return lacking === undefined ? [] : [{ property: "snapshotResourceGroups", reason }];
}

/** The resource groups that the disks of a fleet share, one in each subscription. */
export class FleetSnapshots {
  readonly #groups = new Map<string, SnapshotResourceGroup | pulumi.Input<string>>();
  readonly #given: Map<string, NonNullable<DiskBackupArgs["snapshotResourceGroup"]>>;

  constructor(
    private readonly name: string,
    private readonly members: Member[],
    private readonly args: BackupFleetArgs,
    private readonly parent: pulumi.Resource,
  ) {
    const given = Object.entries(args.snapshotResourceGroups ?? {});
    this.#given = new Map(given.map(([id, group]) => [id.toLowerCase(), group]));
  }

  /** The group for the disks of a subscription; `undefined` where the subscription is not known yet. */
  groupFor(subscriptionId: string | undefined): DiskBackupArgs["snapshotResourceGroup"] {
    if (subscriptionId === undefined) {
      return undefined;
    }
    const key = subscriptionId.toLowerCase();
    const group = this.#groups.get(key) ?? this.#makeFit(key);
    this.#groups.set(key, group);
    return group;
  }

  #makeFit(subscriptionId: string): SnapshotResourceGroup | pulumi.Input<string> {
    const given = this.#given.get(subscriptionId);
    const { vault, userAssignedIdentityId, roles, tags } = this.args;
    if (given instanceof SnapshotResourceGroup || (given !== undefined && roles === "existing")) {
      return given;
    }
    const args: KnownSnapshotsArgs = {
      vault,
      userAssignedIdentityId,
      resourceGroupId: given,
      subscriptionId,
      tags,
      onFailure: "report",
      [snapshotsOf]: this.#disksIn(subscriptionId),
    };
    const short = subscriptionId.slice(0, 8);
    const isShared = [...this.#groups.keys()].some((other) => other.startsWith(short));
    const name = `${this.name}-snapshots-${isShared ? subscriptionId : short}`;
    return new SnapshotResourceGroup(name, args, { parent: this.parent });
  }

  #disksIn(subscriptionId: string): string[] {
    return this.members.flatMap((member) => {
      const id = member.kind === "disk" ? knownIdOf(member) : undefined;
      const isThere = parseResourceId(id ?? "")?.subscriptionId.toLowerCase() === subscriptionId;
      return id !== undefined && isThere ? [id] : [];
    });
  }
}
