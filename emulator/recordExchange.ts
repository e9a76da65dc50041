import { toTimestamp } from "./clock";
import type { Clock } from "./clock";
import type { Exchange } from "./exchange";
import { nameOfFault } from "./faults/fault";
import type { OperationOutcome } from "./faults/fault";
import type { FaultPlan } from "./faults/faultPlan";
import type { LagPlan } from "./faults/lagPlan";
import { spoil } from "./faults/spoil";
import type { Answer } from "./message";
import { toText } from "./server";
import type { RawAnswer, RawRequest } from "./server";

/** What answers requests. */
interface Service<View> {
  respond(request: RawRequest, view?: View): Answer;
  /** Answers without effect; an operation that is begun ends so. */
  respondInVain(request: RawRequest, outcome: OperationOutcome): Answer;
  /** Leaves what the request is about in a state of provisioning. */
  leaveIn(request: RawRequest, provisioningState: string): void;
}

/** Turns answers into what goes on the wire, faults included, and tells `keep` about each exchange. */
export function recordExchange<View>(
  service: Service<View>,
  clock: Clock,
  faults: FaultPlan,
  lags: LagPlan<View>,
  keep: (exchange: Exchange) => void,
): (request: RawRequest) => RawAnswer {
  let sequence = 0;
  return (request) => {
    const startedAt = clock();
    const began = performance.now();
    const view = lags.take(request.method, request.url);
    const act = (): RawAnswer => toRawAnswer(respondOrFail(() => service.respond(request, view)));
    const fault = faults.take(request.method, request.url);
    const answer = fault
      ? spoil(fault, {
          act,
          actInVain: (outcome) => toRawAnswer(respondOrFail(() => service.respondInVain(request, outcome))),
          leaveIn: (provisioningState) => service.leaveIn(request, provisioningState),
        })
      : act();
    const requestBody = parseRequestBody(request);
    keep({
      sequence: ++sequence,
      startedAt: toTimestamp(startedAt),
      durationInMs: Math.round((performance.now() - began) * 1000) / 1000,
      method: request.method,
      url: request.url,
      requestHeaders: request.headers,
      ...(requestBody === undefined ? {} : { requestBody }),
      status: answer.status,
      responseHeaders: answer.headers,
      ...(answer.bodyText === "" ? {} : { responseBody: parseJson(answer.bodyText) }),
      ...(fault ? { fault: nameOfFault(fault) } : view ? { fault: "lag" } : {}),
    });
    return answer;
  };
}

/** An answer as text. */
export function toRawAnswer(answer: Answer): RawAnswer {
  const bodyText = toText(answer);
  const contentType: Record<string, string> =
    bodyText === "" ? {} : { "Content-Type": "application/json; charset=utf-8" };
  return { status: answer.status, headers: { ...contentType, ...answer.headers }, bodyText };
}

/** A fault of the emulator itself must not look like a hung service. */
function respondOrFail(respond: () => Answer): Answer {
  try {
    return respond();
  } catch (error) {
    const message = `The emulator failed: ${(error as Error).stack ?? String(error)}`;
    return { status: 500, body: { error: { code: "InternalServerError", message } } };
  }
}

function parseRequestBody({ bodyText, headers }: RawRequest): unknown {
  if (bodyText === "") {
    return undefined;
  }
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded")) {
    return Object.fromEntries(new URLSearchParams(bodyText));
  }
  return parseJson(bodyText);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
