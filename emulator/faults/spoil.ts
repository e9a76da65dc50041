import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { RawAnswer } from "../server";
import type { Fault, FaultAnswer, FaultName } from "./fault";

const nothing: RawAnswer = { status: 0, headers: {}, bodyText: "" };
const json = { "Content-Type": "application/json; charset=utf-8" };
const page =
  "<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>The page cannot be displayed</h1></body></html>";

/** What becomes of a request under a fault; `act` is what the service would do and say. */
export function spoil(fault: Fault, act: () => RawAnswer): RawAnswer {
  return typeof fault === "string" ? effects[fault](act) : answerWith(fault);
}

const effects: Record<FaultName, (act: () => RawAnswer) => RawAnswer> = {
  connectionReset: () => ({ ...nothing, ending: "reset" }),
  resetAfterAction: (act) => ({ ...act(), ending: "reset" }),
  hang: () => ({ ...nothing, ending: "hang" }),
  hangAfterAction: (act) => ({ ...act(), ending: "hang" }),
  truncatedJson: (act) => {
    const { status, headers, bodyText } = act();
    const text = bodyText === "" ? '{"error":' : bodyText;
    return { status, headers: { ...headers, ...json }, bodyText: text.slice(0, Math.ceil(text.length / 2)) };
  },
  html: (act) => {
    const { status, headers } = act();
    return { status, headers: { ...headers, "Content-Type": "text/html; charset=utf-8" }, bodyText: page };
  },
  emptyBody: (act) => ({ status: 200, headers: withoutOperation(act().headers), bodyText: "" }),
};

function withoutOperation(headers: Record<string, string>): Record<string, string> {
  const followed = /^(azure-asyncoperation|location|content-type|(x-ms-)?retry-after(-ms)?)$/i;
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !followed.test(name)));
}

/** What every answer of Resource Manager has, whatever is wrong with it. */
function tracing(): Record<string, string> {
  const requestId = randomUUID();
  return { "x-ms-request-id": requestId, "x-ms-correlation-request-id": requestId };
}

function answerWith({ status, headers = {}, body }: FaultAnswer): RawAnswer {
  const phrase = STATUS_CODES[status] ?? "Unknown";
  const error = {
    code: phrase.replace(/[^A-Za-z]/g, ""),
    message: `${phrase}, as a fault that was injected.`,
  };
  const bodyText = status === 204 ? "" : JSON.stringify(body ?? { error });
  return { status, headers: { ...json, ...tracing(), ...headers }, bodyText };
}
