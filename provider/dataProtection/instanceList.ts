import { text } from "../azure/json";
import { canonicalResourceId } from "../azure/resourceId";
import type { Seen } from "./seen";
import type { WireBackupInstance } from "./wire";

/** What a list of instances shows: one that cannot be read does not hide the others. */
export interface InstanceList<Instance extends WireBackupInstance = WireBackupInstance> {
  instances: Seen<Instance>[];
  /** Those of other kinds, and those with parts that came later than this code. */
  unread: Seen<UnreadInstance>[];
}

/** An instance of a list that cannot be read: nothing is decided from it but what it may stand in the way of. */
export interface UnreadInstance {
  /** ARM id; `undefined` when the service shows none. */
  id: string | undefined;
  /** What cannot be read, as in `properties.policyInfo is no object`. */
  problem: string;
  /** Whether it names a resource, whatever for. */
  mentions: (resourceId: string) => boolean;
}

/** Keeps what can be kept of such an instance. */
export function unreadInstance(item: unknown, problem: string): UnreadInstance {
  const id = typeof item === "object" && item !== null && "id" in item ? text(item.id) : undefined;
  const mentioned = new Set(textsIn(item).map(canonicalResourceId));
  return { id, problem, mentions: (resourceId) => mentioned.has(canonicalResourceId(resourceId)) };
}

/** Without recursion: what comes from outside may be nested without end. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const left = [value];
  while (left.length > 0) {
    const part = left.pop();
    if (typeof part === "string") {
      texts.push(part);
    } else if (typeof part === "object" && part !== null) {
      Object.values(part).forEach((inner) => left.push(inner));
    }
  }
  return texts;
}
