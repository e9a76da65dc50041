import type * as pulumi from "@pulumi/pulumi";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import type { BackupFleetArgs, FleetPolicies } from "./backupFleetArgs";
import type { Member } from "./fleetMembers";
import type { PolicyUse } from "../policyChoice";
import { choosePolicy, policyProblems } from "../policyChoice";

const uses: Record<keyof FleetPolicies, PolicyUse> = {
  disk: { kind: "disk", dataStore: "OperationalStore" },
  blob: { kind: "blob", dataStore: "OperationalStore" },
  vaultedBlob: { kind: "blob", dataStore: "VaultStore" },
  dataLake: { kind: "dataLake", dataStore: "VaultStore" },
};

/** The ids of the policies for those kinds of members that the fleet has and that have none of their own. */
export type FleetPolicyIds = Partial<Record<keyof FleetPolicies, pulumi.Input<string>>>;

/** Which of the fleet's policies a member is protected by. */
export function useOf({ kind, args }: Member): keyof FleetPolicies {
  if (kind === "disk") {
    return "disk";
  }
  const isVaulted = args.containers !== undefined || args.autoProtection !== undefined;
  return args.kind === "adls" ? "dataLake" : isVaulted ? "vaultedBlob" : "blob";
}

/** What is wrong with the fleet's policies, and with those of members. */
export function fleetPolicyProblems(
  members: Member[],
  { policies = {}, vault }: BackupFleetArgs,
): InputProblem[] {
  const unknown = Object.keys(policies).filter((name) => !(name in uses));
  const names = Object.keys(uses).join(", ");
  return [
    ...unknown.map((name) => ({ property: `policies.${name}`, reason: `is none of ${names}` })),
    ...neededUses(members).flatMap((name) =>
      renamed(`policies.${name}`, policyProblems({ vault, policy: policies[name] }, uses[name])),
    ),
    ...members
      .filter(({ args }) => args.policy !== undefined)
      .flatMap((member) => {
        const { policy } = member.args;
        const problems = policyProblems({ vault, policy }, uses[useOf(member)]);
        return renamed(`${member.property}.policy`, problems);
      }),
  ];
}

function neededUses(members: Member[]): (keyof FleetPolicies)[] {
  return [...new Set(members.filter(({ args }) => args.policy === undefined).map(useOf))];
}

function renamed(property: string, problems: InputProblem[]): InputProblem[] {
  return problems.map(({ reason }) => ({ property, reason }));
}

/** The fleet's policies; one that is given as a value is created in the vault once for all members. */
export function createFleetPolicies(
  name: string,
  members: Member[],
  { policies = {}, vault }: BackupFleetArgs,
  parent: pulumi.Resource,
): FleetPolicyIds {
  return Object.fromEntries(
    neededUses(members).map((use) => [
      use,
      choosePolicy(`${name}-${use}`, { vault, policy: policies[use], onFailure: "report" }, uses[use], parent)
        .id,
    ]),
  );
}
