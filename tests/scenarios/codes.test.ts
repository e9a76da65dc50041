import type { Fault } from "../../emulator";
import type { Scenario, Verb } from "./scenario";
import { rowsOf } from "./scenario";
import type { Site } from "./site";
import { tables } from "./tables";
import { Theatre } from "./theatre";

/**
 * Most codes of the service are on no record, so nothing may hang on one: the rows in which something is decided from a refusal
 * end the same where the service uses another code, or none.
 */
const otherCodes = ["UserErrorDppSomethingElse", "Conflict", undefined];

/** How the service says something, with a code of our choice. */
interface Refusal {
  situation: string;
  verbs: Verb[];
  /** What the service says at the place where the code of record stands. */
  message: string;
  /** How it says that: at once, or as the end of an operation. */
  atOnce: boolean;
  times?: number;
}

const missing =
  "The client '{guid}' with object id '{guid}' does not have authorization to perform action " +
  "'Microsoft.Compute/disks/read' over scope '/subscriptions/s/disks/d' or the scope is invalid. If access was recently " +
  "granted, please refresh your credentials.";

const refusals: Refusal[] = [
  {
    situation: "the instance is soft-deleted",
    verbs: ["previewOfCreate", "create", "update"],
    message: "The datasource cannot be configured.",
    atOnce: true,
  },
  {
    situation: "the instance is soft-deleted",
    verbs: ["previewOfCreate", "create", "update"],
    message: "The datasource cannot be configured.",
    atOnce: false,
  },
  {
    situation: "the instance is soft-deleted, and recoverSoftDeleted is false",
    verbs: ["previewOfCreate", "create"],
    message: "The datasource cannot be configured.",
    atOnce: true,
  },
  {
    situation: "another vault protects the disk",
    verbs: ["previewOfCreate", "create"],
    message: "The datasource cannot be configured.",
    atOnce: true,
  },
  {
    situation: "the vault's identity lacks its roles, and they do not come",
    verbs: ["previewOfCreate", "create"],
    message: missing,
    atOnce: false,
    times: Infinity,
  },
  {
    situation: "the vault's identity lacks its roles until they count",
    verbs: ["create"],
    message: missing,
    atOnce: false,
  },
  {
    situation: "the vault's identity lacks its roles until they count",
    verbs: ["create"],
    message: "Permissions that the operation needs are missing.",
    atOnce: true,
  },
];

let theatre: Theatre;
beforeAll(async () => {
  theatre = await Theatre.open();
});
afterAll(async () => theatre.close());

const rows = refusals.flatMap((refusal) =>
  otherCodes.flatMap((code) =>
    refusal.verbs.map((verb) => ({ ...refusal, verb, code, how: refusal.atOnce ? "at once" : "in the end" })),
  ),
);

it.each(rows)("$situation | $verb | $code, $how", async ({ verb, code, ...refusal }) => {
  const row = rowsOf(Object.values(tables).flat()).find(
    (one) => one.scenario.situation === refusal.situation && one.verb === verb,
  );
  if (row === undefined) {
    throw new Error("there is no such row");
  }
  const spoken = await theatre.observe({ ...row, scenario: saying(row.scenario, refusal, code) });
  expect(spoken.reaction.outcome).toBe(row.expected.outcome);
  if (row.expected.outcome === "red, not in state") {
    expect(spoken.reaction.message).toContain(remedyIn(row.expected.message ?? ""));
  }
});

/** The scenario, in which the service refuses in these words. */
function saying(
  scenario: Scenario,
  { message, atOnce, times = 1 }: Refusal,
  code: string | undefined,
): Scenario {
  const error = { ...(code === undefined ? {} : { code }), message };
  const given = async (site: Site): Promise<void> => {
    await scenario.given?.(site);
    const goesWrong = (method: string, path: string, fault: Fault): unknown =>
      site.control.injectFault({ match: { method, path: new RegExp(path, "i") }, fault, times });
    if (atOnce) {
      goesWrong("POST", `${site.vaultId}/validateForBackup`, { status: 400, body: { error } });
      return;
    }
    const status = `${site.vaultId}/operationStatus/of-${site.name}`;
    const headers = { "Azure-AsyncOperation": `${status}?api-version=2025-07-01`, "Retry-After-Ms": "5" };
    goesWrong("POST", `${site.vaultId}/validateForBackup`, { status: 202, headers, body: "" });
    goesWrong("GET", status, { status: 200, body: { status: "Failed", error } });
  };
  return { ...scenario, given };
}

/** The part of a message that says what to do, which no code decides. */
function remedyIn(message: string): string {
  return (
    /(The identity of vault \{vault\} needs:|A datasource can be protected once only, and|and recoverSoftDeleted is false; set)/.exec(
      message,
    )?.[0] ?? message
  );
}
