import { isAllowed } from "../arm/authorization";
import { ArmError } from "../arm/errors";
import { property, requireObject, textProperty } from "../arm/requestBody";
import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { evaluate } from "./evaluation";
import type { Row } from "./evaluation";
import { invalidQuery, parseQuery } from "./parser";
import { tables } from "./tables";

const defaultPage = 100;
const largestPage = 1_000;

/** `POST /providers/Microsoft.ResourceGraph/resources`: the rows that the caller may read, at once and without a delay. */
export function queryResources(cloud: Cloud, call: Call): Answer {
  const body = requireObject(call.body);
  const text = textProperty(body, "query");
  if (!text?.trim()) {
    throw invalidQuery("there is none");
  }
  const options = property(body, "options");
  const format = textProperty(options, "resultFormat") ?? "objectArray";
  if (format.toLowerCase() !== "objectarray") {
    throw notCovered(`the result format '${format}'; it covers objectArray`);
  }
  const query = parseQuery(text);
  const rowsOf = Object.hasOwn(tables, query.table.toLowerCase())
    ? tables[query.table.toLowerCase()]
    : undefined;
  if (!rowsOf) {
    throw notCovered(`the table '${query.table}'; it covers ${Object.keys(tables).join(" and ")}`);
  }
  const rows = evaluate(query, rowsOf(cloud).filter(isVisible(cloud, call, property(body, "subscriptions"))));
  return answer(200, pageOf(rows, options), { "x-ms-user-quota-remaining": "14" });
}

function notCovered(what: string): ArmError {
  return new ArmError(
    501,
    "NotCoveredByEmulator",
    `The emulator does not cover, of 'Microsoft.ResourceGraph/resources/action', ${what}.`,
  );
}

/** Of the subscriptions that are named, or of all, what the caller may read. */
function isVisible(cloud: Cloud, call: Call, subscriptions: unknown): (row: Row) => boolean {
  const named = Array.isArray(subscriptions)
    ? subscriptions.map((id) => String(id).toLowerCase())
    : undefined;
  return ({ id, type, subscriptionId }) =>
    (named?.includes(String(subscriptionId)) ?? true) &&
    cloud.subscriptions.find(String(subscriptionId))?.tenantId === call.tenantId &&
    isAllowed(cloud, call, { action: `${String(type)}/read`, scope: String(id) });
}

function pageOf(rows: Row[], options: unknown): Row {
  const skipped = Number(property(options, "$skipToken") ?? property(options, "$skip") ?? 0);
  const size = Math.min(Number(property(options, "$top") ?? defaultPage), largestPage);
  const data = rows.slice(skipped, skipped + size);
  const next = skipped + size;
  return {
    totalRecords: rows.length,
    count: data.length,
    data,
    facets: [],
    resultTruncated: "false",
    ...(next < rows.length ? { $skipToken: String(next) } : {}),
  };
}
