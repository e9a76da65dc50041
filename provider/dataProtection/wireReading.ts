import type { ArmResponse } from "../azure/http/armClient";
import { NoAnswerError } from "../azure/http/errors";
import { correlationIdIn } from "../azure/http/tracing";
import type { InstanceList } from "./instanceList";
import { unreadInstance } from "./instanceList";
import type { Seen } from "./seen";
import { seenIn } from "./seen";
import type { WireDeletedBackupInstance } from "./wire";

/** What is wrong with a value, with the path to it; `undefined` when nothing is. */
type Problem = string | undefined;
type Shape = (value: unknown, path: string) => Problem;

const text: Shape = (value, path) => (typeof value === "string" ? undefined : `${path} is no text`);

/** The service answers some of what was never set with null, as with `dataSourceSetInfo` in the recordings. */
const optional =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined || value === null ? undefined : shape(value, path);

const listOf =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value)
      ? firstProblem(value.map((item, index) => () => shape(item, `${path}[${index}]`)))
      : `${path} is no list`;

/** Parts that are not named here may be anything. */
const object =
  (parts: Record<string, Shape>): Shape =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return `${path} is no object`;
    }
    const own = new Map(Object.entries(value));
    return firstProblem(
      Object.entries(parts).map(
        ([name, shape]) =>
          () =>
            shape(own.get(name), `${path}.${name}`),
      ),
    );
  };

function firstProblem(checks: (() => Problem)[]): Problem {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/** All that is read of an instance, live or soft-deleted. */
const instance = object({
  id: text,
  name: text,
  tags: optional(object({})),
  properties: object({
    friendlyName: optional(text),
    dataSourceInfo: object({ datasourceType: text, resourceID: text, resourceLocation: optional(text) }),
    policyInfo: object({
      policyId: text,
      policyParameters: optional(
        object({
          dataStoreParametersList: optional(
            listOf(object({ dataStoreType: optional(text), resourceGroupId: optional(text) })),
          ),
          backupDatasourceParametersList: optional(
            listOf(
              object({
                objectType: optional(text),
                containersList: optional(listOf(text)),
                autoProtectionSettings: optional(
                  object({ rules: optional(listOf(object({ pattern: text }))) }),
                ),
              }),
            ),
          ),
        }),
      ),
    }),
    identityDetails: optional(object({ userAssignedIdentityArmUrl: optional(text) })),
    currentProtectionState: optional(text),
    protectionStatus: optional(object({ status: optional(text), errorDetails: optional(object({})) })),
    protectionErrorDetails: optional(object({})),
    provisioningState: optional(text),
    deletionInfo: optional(object({ deletionTime: optional(text), scheduledPurgeTime: optional(text) })),
  }),
});

interface WirePage {
  value: unknown[];
  nextLink?: string | null;
}

const anything: Shape = () => undefined;
const page = object({ value: listOf(anything), nextLink: optional(text) });
const vault = object({ location: text });

/**
 * Reads an instance.
 *
 * @param method - What was asked, for the error.
 * @throws {@link NoAnswerError} when the answer is none.
 */
export function readInstance(answer: ArmResponse, method = "GET"): Seen<WireDeletedBackupInstance> {
  return seenIn(answer.headers, read<WireDeletedBackupInstance>(answer, method, "the instance", instance));
}

/**
 * Reads a page of a list of instances, with the URL of the next one. A vault holds instances of all kinds, also of those
 * that came later than this code, so one that cannot be read is set apart.
 *
 * @param known - The URLs that earlier pages of the list have named; this page's is added.
 * @throws {@link NoAnswerError} when the answer is none, or leads back to an earlier page. A list that is read in part only
 *   would make instances seem gone.
 */
export function readPage(
  answer: ArmResponse,
  known: Set<string>,
): InstanceList<WireDeletedBackupInstance> & { next: string | undefined } {
  const { value, nextLink } = read<WirePage>(answer, "GET", "the list", page);
  if (nextLink && known.has(nextLink)) {
    throw nonsense(answer, "GET", "with a page of the list whose next page it has sent before");
  }
  known.add(nextLink ?? "");
  const list: InstanceList<WireDeletedBackupInstance> = { instances: [], unread: [] };
  for (const item of value) {
    const problem = instance(item, "it");
    if (problem === undefined) {
      list.instances.push(seenIn(answer.headers, item as WireDeletedBackupInstance));
    } else {
      list.unread.push(seenIn(answer.headers, unreadInstance(item, problem)));
    }
  }
  return { ...list, next: nextLink || undefined };
}

/**
 * Reads the region of a vault.
 *
 * @throws {@link NoAnswerError} when the answer names none.
 */
export function readVaultLocation(answer: ArmResponse): string {
  return read<{ location: string }>(answer, "GET", "the vault", vault).location;
}

function read<Thing>(answer: ArmResponse, method: string, name: string, shape: Shape): Thing {
  const problem = shape(answer.body, name);
  if (problem !== undefined) {
    const isEmpty = answer.body === undefined;
    throw nonsense(
      answer,
      method,
      isEmpty ? "without a body" : `with something else than ${name}: ${problem}`,
    );
  }
  return answer.body as Thing;
}

/** Says what was wrong with an answer that can mean nothing. */
function nonsense({ headers, statusCode, url }: ArmResponse, method: string, wrong: string): NoAnswerError {
  const asked = { method, path: new URL(url).pathname };
  return new NoAnswerError(asked, `the service answered ${statusCode} ${wrong}`, correlationIdIn(headers));
}
