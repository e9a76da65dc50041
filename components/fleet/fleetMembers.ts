import { canonicalResourceId, parseResourceId } from "../../provider/azure/resourceId";
import { uuidOf } from "../../provider/azure/uuid";
import type { InputProblem } from "../../provider/dataProtection/inputProblem";
import type { BackupFleetArgs, BlobMemberArgs, DiskMemberArgs } from "./backupFleetArgs";

/** A member that is to be protected. */
export type Member =
  | { name: string; property: string; kind: "disk"; args: DiskMemberArgs }
  | { name: string; property: string; kind: "blob"; args: BlobMemberArgs };

/** The members of a fleet, judged one by one. */
export interface JudgedMembers {
  members: Member[];
  /** Why they are left out, by the ids of the resources; by the names of members whose ids are outputs. */
  skipped: Record<string, string>;
  problems: InputProblem[];
}

/** Reads the members of a fleet. Outputs are not judged. */
export function judgeMembers({ members, kinds = ["disk", "blob"] }: BackupFleetArgs): JudgedMembers {
  const problem = kindProblem(kinds) ?? shapeProblem(members);
  if (problem !== undefined) {
    return { members: [], skipped: {}, problems: [problem] };
  }
  const judged: JudgedMembers = { members: [], skipped: {}, problems: [] };
  for (const given of givenMembers(members)) {
    const verdict = judge(given);
    if ("problem" in verdict) {
      judged.problems.push({ property: given.property, reason: verdict.problem });
    } else if ("skipped" in verdict) {
      judged.skipped[String(given.value)] = verdict.skipped;
    } else if (kinds.includes(verdict.kind)) {
      judged.members.push(verdict);
    } else {
      const names = kinds.map((kind) => memberKinds[kind].names).join(" and ");
      judged.skipped[knownIdOf(verdict) ?? verdict.name] = `the fleet protects ${names || "nothing"} only`;
    }
  }
  judged.problems.push(...duplicateProblems(judged.members));
  return judged;
}

function kindProblem(kinds: unknown): InputProblem | undefined {
  if (!Array.isArray(kinds)) {
    return { property: "kinds", reason: 'is not a list; give one as in ["disk"]' };
  }
  const wrong = (kinds as string[]).find((kind) => !(kindNames as readonly string[]).includes(kind));
  const names = kindNames.map((kind) => `"${kind}"`).join(", ");
  return wrong === undefined ? undefined : { property: "kinds", reason: `"${wrong}" is none of ${names}` };
}

function shapeProblem(members: unknown): InputProblem | undefined {
  if (typeof members !== "object" || members === null) {
    const reason = "is neither a list of ARM ids nor an object with members by name";
    return { property: "members", reason };
  }
  // A promise or an output: what is not declared while it is waited for, Pulumi would delete.
  const reason =
    "is not known when the fleet is declared; await the promise before, or give outputs as the ids of members with names";
  return "then" in members || "apply" in members ? { property: "members", reason } : undefined;
}

interface GivenMember {
  property: string;
  name: string;
  /** Of any type, in programs in JavaScript. */
  value: unknown;
}

/** Members of a list are named after their resources, and after their ids because of namesakes. */
function givenMembers(members: BackupFleetArgs["members"]): GivenMember[] {
  if (!Array.isArray(members)) {
    return Object.entries(members).map(([name, value]: [string, unknown]) => ({
      property: `members["${name}"]`,
      name,
      value,
    }));
  }
  const listed = members.map((value: unknown, index) => ({
    property: `members[${index}]`,
    name: nameOf(String(value)),
    value,
  }));
  return listed.filter(({ name }, index) => listed.findIndex((other) => other.name === name) === index);
}

function nameOf(id: string): string {
  const { name = id } = parseResourceId(id) ?? {};
  return `${name.toLowerCase()}-${uuidOf(canonicalResourceId(id)).slice(0, 8)}`;
}

const memberKinds = {
  disk: {
    resourceType: "microsoft.compute/disks",
    idProperty: "diskId",
    properties: ["diskId", "snapshotResourceGroup", "policy"],
    what: "managed disk",
    names: "disks",
  },
  blob: {
    resourceType: "microsoft.storage/storageaccounts",
    idProperty: "storageAccountId",
    properties: ["storageAccountId", "kind", "containers", "autoProtection", "policy"],
    what: "storage account",
    names: "storage accounts",
  },
} as const;

const kindNames = ["disk", "blob"] as const;

type Verdict = Member | { problem: string } | { skipped: string };

function judge(given: GivenMember): Verdict {
  const { name, property, value } = given;
  if (typeof value === "string") {
    return judgeId(given, value);
  }
  const args = { ...(value as object) };
  const [kind, ...others] = kindNames.filter((candidate) => memberKinds[candidate].idProperty in args);
  if (kind === undefined || others.length > 0) {
    return { problem: "is no member; give an ARM id, { diskId } or { storageAccountId }" };
  }
  const { idProperty, properties, what } = memberKinds[kind];
  const unknown = Object.keys(args).find((key) => !(properties as readonly string[]).includes(key));
  if (unknown !== undefined) {
    return { problem: `a member of this kind has no ${unknown}; it has ${properties.join(", ")}` };
  }
  const member = { name, property, kind, args } as Member;
  const id = knownIdOf(member);
  return id === undefined || kindOf(id) === kind
    ? member
    : { problem: `${idProperty} "${id}" is not the ARM id of a ${what}` };
}

function judgeId({ name, property }: GivenMember, id: string): Verdict {
  const resourceType = parseResourceId(id)?.type;
  if (resourceType === undefined) {
    return { problem: `"${id}" is not the ARM id of a resource` };
  }
  const kind = kindOf(id);
  if (kind === undefined) {
    return { skipped: `this package protects no ${resourceType}` };
  }
  return { name, property, kind, args: { [memberKinds[kind].idProperty]: id } } as unknown as Member;
}

function kindOf(id: string): Member["kind"] | undefined {
  const type = parseResourceId(id)?.type?.toLowerCase();
  return kindNames.find((kind) => memberKinds[kind].resourceType === type);
}

/** The id of what is protected, unless it is an output. */
export function knownIdOf({ kind, args }: Member): string | undefined {
  const id = kind === "disk" ? args.diskId : args.storageAccountId;
  return typeof id === "string" ? id : undefined;
}

/** A datasource can be protected once only. */
function duplicateProblems(members: Member[]): InputProblem[] {
  const first = new Map<string, Member>();
  return members.flatMap((member) => {
    const key = canonicalResourceId(knownIdOf(member) ?? member.property);
    const other = first.get(key) ?? member;
    first.set(key, other);
    const reason = `is the same resource as ${other.property}; name it once`;
    return other === member ? [] : [{ property: member.property, reason }];
  });
}
