import type { OperationResponse } from "@azure/core-lro";
import { createHttpPoller } from "@azure/core-lro";
import type { ArmRequest, ArmResponse, ArmSender } from "./armClient";
import type { Deadline, LastSeen } from "./deadline";
import { ArmError, NoAnswerError, OperationFailedError, OperationLostError, readArmError } from "./errors";
import { asRecord, text } from "../json";
import { Patience } from "./patience";
import { PollPace } from "./pollPace";
import { parseRetryAfter } from "./retryAfter";
import { correlationIdIn } from "./tracing";

/** An operation that Resource Manager has accepted: from here on it may have an effect, whatever happens to us. */
export interface AcceptedOperation {
  /** The answer that accepted it: 200, 201, 202 or 204. */
  accepted: ArmResponse;
  /** The answer that was seen last: after the wait, the one that told its end. */
  readonly lastAnswer: ArmResponse;
  /**
   * Waits for the end of the operation.
   *
   * @param waitingFor - What is waited for, as the start of a sentence: `waiting for the deletion of ...`.
   * @param tell - Told before each look how long has been waited so far, in milliseconds.
   * @throws {@link OperationFailedError} when the operation ends as failed or cancelled.
   * @throws {@link OperationLostError} when its end cannot be learned, see {@link endOf}.
   * @throws {@link DeadlineExceededError} when it does not end before the deadline.
   */
  wait(deadline: Deadline, waitingFor: string, tell?: (waitedInMs: number) => void): Promise<void>;
  /** The interval that the service named when it accepted the operation, in milliseconds. */
  readonly namedIntervalInMs: number | undefined;
}

/**
 * Sends a request that may start a long-running operation. Which answers mean "running", "done" and "failed", in every
 * form that Azure's services use, is decided by `@azure/core-lro`; times, deadlines and the check of the host are ours.
 *
 * @throws {@link ArmError} when the service refuses the request: then nothing was started.
 */
export async function startOperation(
  client: ArmSender,
  request: ArmRequest,
  deadline: Deadline,
): Promise<AcceptedOperation> {
  const accepted = await client.send(request, deadline);
  return new PolledOperation(client, request, accepted);
}

/** What the service has told of the end of an operation that did not fail. */
export interface OperationEnd {
  /** Whether it told that the operation has succeeded. Where not, only the resource shows what became of it. */
  isTold: boolean;
  /** The interval that it named when it accepted the operation, in milliseconds. */
  namedIntervalInMs: number | undefined;
}

/**
 * Waits for the end of an operation, and takes for no failure that it cannot be learned: then the resource has to be looked at.
 *
 * @throws What {@link AcceptedOperation.wait} throws for any other reason.
 */
export async function endOf(
  operation: AcceptedOperation,
  ...wait: Parameters<AcceptedOperation["wait"]>
): Promise<OperationEnd> {
  const { namedIntervalInMs } = operation;
  try {
    await operation.wait(...wait);
    return { isTold: true, namedIntervalInMs };
  } catch (error) {
    if (error instanceof OperationLostError) {
      return { isTold: false, namedIntervalInMs };
    }
    throw error;
  }
}

const urlHeaders = new Set(["azure-asyncoperation", "operation-location", "location"]);

class PolledOperation implements AcceptedOperation {
  readonly namedIntervalInMs: number | undefined;
  readonly #pace: PollPace;
  /** The URLs of the operation as the service gave them, by what core-lro is shown of them. */
  readonly #signedUrls = new Map<string, string>();
  #lastAnswer: ArmResponse;

  constructor(
    private readonly client: ArmSender,
    private readonly request: ArmRequest,
    readonly accepted: ArmResponse,
  ) {
    this.#lastAnswer = accepted;
    this.namedIntervalInMs = this.#askedInMs();
    this.#pace = new PollPace(client.clock, this.namedIntervalInMs);
  }

  get lastAnswer(): ArmResponse {
    return this.#lastAnswer;
  }

  async wait(deadline: Deadline, waitingFor: string, tell?: (waitedInMs: number) => void): Promise<void> {
    const poller = createHttpPoller(
      {
        sendInitialRequest: async () => this.#withoutSignatures(this.accepted, this.request.method),
        sendPollRequest: async (url) => this.#look(url, deadline),
      },
      { resolveOnUnsuccessful: true, skipFinalGet: true },
    );
    await poller.submitted().catch(() => {
      throw this.#unreadable();
    });
    const patience = new Patience();
    while (!poller.isDone) {
      const waitInMs = this.#askedInMs() ?? this.#pace.intervalInMs;
      deadline.mustAllow(waitInMs, waitingFor, ...this.#lastSeen());
      tell?.(this.#pace.waitedInMs);
      await this.client.clock.sleep(waitInMs);
      try {
        await this.#poll(poller);
        patience.renew();
      } catch (error) {
        deadline.mustLeaveTime(waitingFor, ...this.#lastSeen(error));
        patience.forgive(asLost(error));
      }
    }
    if (poller.operationState?.status !== "succeeded") {
      throw this.#failure();
    }
  }

  async #poll(poller: { poll(): Promise<unknown> }): Promise<void> {
    const seenBefore = this.#lastAnswer;
    try {
      await poller.poll();
    } catch (error) {
      throw this.#lastAnswer === seenBefore ? error : this.#unreadable();
    }
  }

  async #look(shownUrl: string, deadline: Deadline): Promise<OperationResponse> {
    const url = this.#signedUrls.get(shownUrl) ?? shownUrl;
    const target = URL.canParse(url, this.accepted.url) ? new URL(url, this.accepted.url).href : url;
    this.#lastAnswer = await this.client.send({ method: "GET", target }, deadline);
    return this.#withoutSignatures(this.#lastAnswer, "GET");
  }

  /**
   * An answer as core-lro gets it. It logs the URLs of an operation (3.3, with `AZURE_LOG_LEVEL=verbose`), and their queries are
   * signed: who has one can ask in our name. So it knows them by their paths, and by the place that each stood in.
   */
  #withoutSignatures({ body, headers, statusCode, url }: ArmResponse, method: string): OperationResponse {
    const shown = Object.entries(headers).map(([name, value]) =>
      urlHeaders.has(name) ? [name, this.#withoutSignature(value, name)] : [name, value],
    );
    const request = { method, url: this.#withoutSignature(url, "url") };
    return {
      flatResponse: body,
      rawResponse: {
        statusCode,
        headers: Object.fromEntries(shown) as Record<string, string>,
        body,
        request,
      },
    };
  }

  #withoutSignature(url: string, place: string): string {
    const shownUrl = `${url.split("?")[0]}#${place}`;
    this.#signedUrls.set(shownUrl, url);
    return shownUrl;
  }

  /** What the last answer asks for. Answers about the status ask for nothing (Azure PowerShell's recording of 2026). */
  #askedInMs(): number | undefined {
    return parseRetryAfter(this.#lastAnswer.headers, this.client.clock.now());
  }

  #lastSeen(cause?: unknown): [what: string, details: LastSeen] {
    return [`operation status ${this.#status()}`, { correlationId: this.#correlationId(), cause }];
  }

  /** Without a URL to ask, the resource itself is looked at, which has a state of its own. */
  #status(): string {
    const { body, statusCode } = this.#lastAnswer;
    const { status, properties } = asRecord(body);
    return text(status) ?? text(asRecord(properties).provisioningState) ?? `HTTP ${statusCode}`;
  }

  /** An answer whose status is no text: Microsoft's client gives up at once, without saying which answer it was. */
  #unreadable(): NoAnswerError {
    const { statusCode, url } = this.#lastAnswer;
    const asked = {
      method: this.#lastAnswer === this.accepted ? this.request.method : "GET",
      path: new URL(url).pathname,
    };
    const reason = `the service answered ${statusCode} with a status that cannot be read`;
    return new NoAnswerError(asked, reason, correlationIdIn(this.#lastAnswer.headers));
  }

  #failure(): OperationFailedError {
    const { body, headers, statusCode } = this.#lastAnswer;
    const status = this.#status();
    const silence = { code: status, message: "the operation ended so, and the service gives no reason" };
    const error = readArmError(body, headers, statusCode, silence);
    return new OperationFailedError(status, error, this.#correlationId());
  }

  /** That of the request which began it all, not of a look at its status. */
  #correlationId(): string | undefined {
    return correlationIdIn(this.accepted.headers) ?? correlationIdIn(this.#lastAnswer.headers);
  }
}

/** Refusals of a look at the status are another thing than refusals of the request: the operation was accepted. */
function asLost(error: unknown): unknown {
  return error instanceof ArmError || error instanceof NoAnswerError ? new OperationLostError(error) : error;
}
