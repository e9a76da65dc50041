import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { RawAnswer } from "../server";
import type { Fault, FaultAnswer, FaultName, OperationOutcome, ToldByState } from "./fault";

const nothing: RawAnswer = { status: 0, headers: {}, bodyText: "" };
const json = { "Content-Type": "application/json; charset=utf-8" };
const page =
  "<!DOCTYPE html><html><head><title>Gateway</title></head><body><h1>The page cannot be displayed</h1></body></html>";

/** What the service does with one request. */
export interface Service {
  /** What it would do and say. */
  act(): RawAnswer;
  /** What it would say, and nothing else; an operation that it begins ends so. */
  actInVain(outcome: OperationOutcome): RawAnswer;
  /** Leaves the resource that the request is about in a state of provisioning for good. */
  leaveIn(provisioningState: string): void;
}

/** What becomes of a request under a fault. */
export function spoil(fault: Fault, service: Service): RawAnswer {
  if (typeof fault === "string") {
    return effects[fault](() => service.act());
  }
  if ("operation" in fault) {
    return service.actInVain(fault.operation);
  }
  return "provisioningState" in fault ? tellByState(fault, service) : answerWith(fault);
}

function tellByState({ provisioningState, isInAnswer = false }: ToldByState, service: Service): RawAnswer {
  const { status, headers, bodyText } = service.act();
  if (status >= 300 || bodyText === "") {
    return { status, headers, bodyText };
  }
  const body = JSON.parse(bodyText) as { properties?: object };
  const shown = isInAnswer ? provisioningState : "Provisioning";
  if (provisioningState !== "Succeeded") {
    service.leaveIn(provisioningState);
  }
  const properties = { ...body.properties, provisioningState: shown };
  return {
    status,
    headers: { ...withoutOperation(headers), ...json },
    bodyText: JSON.stringify({ ...body, properties }),
  };
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

function answerWith({ status, headers = {}, body, text }: FaultAnswer): RawAnswer {
  const phrase = STATUS_CODES[status] ?? "Unknown";
  const error = {
    code: phrase.replace(/[^A-Za-z]/g, ""),
    message: `${phrase}, as a fault that was injected.`,
  };
  const bodyText = status === 204 ? "" : (text ?? JSON.stringify(body ?? { error }));
  return { status, headers: { ...json, ...tracing(), ...headers }, bodyText };
}
