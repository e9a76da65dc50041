import type { Json } from "./client";
import type { Replayed } from "./replayStage";

/** Where an answer of the emulator is not what was recorded. */
export interface Difference {
  /** `status`, `header <name>` or a path in the body such as `body.properties.friendlyName`. */
  where: string;
  recorded: unknown;
  emulated: unknown;
}

/** The headers that a client can go by; others were taken out of the recordings, or say nothing about the service. */
const headersThatMatter = [
  "azure-asyncoperation",
  "location",
  "content-type",
  "x-ms-error-code",
  "x-ms-failure-cause",
  "x-ms-ratelimit-remaining-subscription-resource-requests",
  "x-ms-ratelimit-remaining-subscription-writes",
];

/**
 * URLs that differ by less are as long as each other: the service signs with certificates of two lengths, even within one
 * answer (create_and_delete_blob 10, softdelete 13).
 */
const lengthToleranceInCharacters = 60;
/** How much the counts of remaining requests wander in the recordings, between 1999 and 1998, or 999 and 995. */
const countTolerance = 5;

/** Compares status, headers that matter and the body field by field. */
export function compare({ recorded, emulated }: Replayed): Difference[] {
  const status = differing("status", recorded.status, emulated.status);
  const headers = headersThatMatter.flatMap((name) =>
    compareHeader(name, recorded.responseHeaders?.[name], emulated.headers[name]),
  );
  return [...status, ...headers, ...compareBody("body", recorded.responseBody ?? undefined, emulated.body)];
}

function differing(where: string, recorded: unknown, emulated: unknown): Difference[] {
  return recorded === emulated ? [] : [{ where, recorded, emulated }];
}

function compareHeader(
  name: string,
  recorded: string | undefined,
  emulated: string | undefined,
): Difference[] {
  const where = `header ${name}`;
  if (recorded === undefined || emulated === undefined) {
    return differing(where, recorded, emulated);
  }
  if (name.startsWith("x-ms-ratelimit")) {
    const isNear = Math.abs(Number(recorded) - Number(emulated)) <= countTolerance;
    return isNear ? [] : differing(where, recorded, emulated);
  }
  if (!recorded.startsWith("https:")) {
    return differing(where, recorded, emulated);
  }
  const isAsLong = Math.abs(recorded.length - emulated.length) <= lengthToleranceInCharacters;
  return [
    ...differing(where, shapeOf(recorded), shapeOf(emulated)),
    ...(isAsLong ? [] : differing(`${where}, length`, recorded.length, emulated.length)),
  ];
}

/** An operation's URL without its host and with the names of its parameters only. */
function shapeOf(url: string): string {
  const [, path, query] = /^https:\/\/[^/]+([^?]*)\?(.*)$/.exec(url)!;
  const parameters = query!.split("&").map((parameter) => {
    const [name, value] = parameter.split(/=(.*)/s);
    return name === "api-version" ? parameter : name === "t" ? `t=${value!.length} digits` : name;
  });
  return `${String(normalise(path))}?${parameters.join("&")}`;
}

function compareBody(where: string, recorded: Json, emulated: Json): Difference[] {
  if (Array.isArray(recorded) && Array.isArray(emulated)) {
    return compareLists(where, keyed(recorded), keyed(emulated));
  }
  if (!isObject(recorded) || !isObject(emulated)) {
    return differing(where, flat(where, recorded), flat(where, emulated));
  }
  const names = new Set([...Object.keys(recorded), ...Object.keys(emulated)]);
  const fields = [...names].flatMap((name) =>
    compareBody(`${where}.${name}`, recorded[name], emulated[name]),
  );
  const common = (one: Json, other: Json): string =>
    Object.keys(one)
      .filter((name) => name in other)
      .join();
  const order = differing(`${where}, order of names`, common(recorded, emulated), common(emulated, recorded));
  return [...fields, ...order];
}

/** Resources by their names, other things, and what the service named itself, by their places. */
function keyed(list: Json[]): Map<string, Json> {
  const isNamedByService = (name: unknown): boolean => /^[0-9a-f-]{32,36}$/.test(String(name));
  return new Map(
    list.map((one, index) => [
      isObject(one) && "name" in one && !isNamedByService(one.name) ? one.name : String(index),
      one,
    ]),
  );
}

function compareLists(where: string, recorded: Map<string, Json>, emulated: Map<string, Json>): Difference[] {
  return [...new Set([...recorded.keys(), ...emulated.keys()])].flatMap((key) =>
    compareBody(`${where}[${key}]`, recorded.get(key), emulated.get(key)),
  );
}

function isObject(value: Json): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function flat(where: string, value: Json): unknown {
  const normalised = typeof value === "object" && value !== null ? JSON.stringify(value) : normalise(value);
  // Times of jobs come without zeros at their ends, so that a whole second looks like one (restore_blob_operational 12).
  return /\.properties\.(startTime|endTime|etag|.*\.recoveryPointTime)$/.test(where) &&
    typeof normalised === "string"
    ? normalised.replace(/<instant>|<second>/, "<time>")
    : normalised;
}

/** Without what differs in every run: times, how long something took, ids of operations, activities and recovery points. */
function normalise(value: unknown): unknown {
  return typeof value !== "string"
    ? value
    : value
        .replace(/\b(?!0001)\d{4}-\d\d-\d\dT\d\d(:|%3A)\d\d\1\d\d\.\d+Z/g, "<instant>")
        .replace(/\b(?!0001)\d{4}-\d\d-\d\dT\d\d(:|%3A)\d\d\1\d\dZ/g, "<second>")
        .replace(/_\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{7}/g, "_<instant>")
        .replace(/^(?!00:00:00$)\d\d:\d\d:\d\d(\.\d{7})?$/, "<clock duration>")
        .replace(/^PT(?!0S$)[\dHMS.]+$/, "<ISO duration>")
        .replace(/^\d{18}$/, "<ticks>")
        .replace(/\b[0-9a-f]{32}\b/g, "<recovery point>")
        .replace(/[A-Za-z0-9+/]{90,}={0,2}$/, (id) => `<operation id of ${id.length} characters>`)
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<guid>")
        .replace(/"0x[0-9A-F]{15,16}"/, "<etag>");
}
