import type { OperationResponse } from "@azure/core-lro";
import { createHttpPoller } from "@azure/core-lro";
import type { ArmRequest, ArmResponse, ArmSender } from "./armClient";
import type { Deadline } from "./deadline";
import { DeadlineExceededError } from "./deadline";
import { NoAnswerError, OperationFailedError, readArmError } from "./errors";
import { asRecord, text } from "./json";
import { parseRetryAfter } from "./retryAfter";
import { correlationIdIn } from "./tracing";

/** An operation that Resource Manager has accepted: from here on it may have an effect, whatever happens to us. */
export interface AcceptedOperation {
  /** The answer that accepted it: 200, 201, 202 or 204. */
  accepted: ArmResponse;
  /**
   * Waits for the end of the operation.
   *
   * @param waitingFor - What is waited for, as the start of a sentence: `waiting for the deletion of ...`.
   * @throws {@link OperationFailedError} when the operation ends as failed or cancelled.
   * @throws {@link DeadlineExceededError} when it does not end before the deadline.
   */
  wait(deadline: Deadline, waitingFor: string): Promise<void>;
  /** How long to wait between two looks, in milliseconds: what the service asked for last, else the default. */
  readonly pollIntervalInMs: number;
}

/** What Microsoft's Go client uses where the service names no interval (azure-native: 10 s; deletions name 30 s). */
const defaultPollIntervalInMs = 10_000;
/** Answers about the status that cannot be read are forgiven this many times in a row (go-azure-sdk does the same). */
const forgivenFailures = 3;

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

class PolledOperation implements AcceptedOperation {
  #pollIntervalInMs = defaultPollIntervalInMs;
  #lastAnswer: ArmResponse;

  constructor(
    private readonly client: ArmSender,
    private readonly request: ArmRequest,
    readonly accepted: ArmResponse,
  ) {
    this.#lastAnswer = accepted;
    this.#remember(accepted);
  }

  get pollIntervalInMs(): number {
    return this.#pollIntervalInMs;
  }

  async wait(deadline: Deadline, waitingFor: string): Promise<void> {
    const poller = createHttpPoller(
      {
        sendInitialRequest: async () => toOperationResponse(this.accepted, this.request.method),
        sendPollRequest: async (url) => this.#look(url, deadline),
      },
      { resolveOnUnsuccessful: true, skipFinalGet: true },
    );
    await poller.submitted();
    let failuresInARow = 0;
    while (!poller.isDone) {
      if (deadline.endsWithin(this.#pollIntervalInMs)) {
        const correlationId = this.#correlationId();
        throw new DeadlineExceededError(deadline, waitingFor, `operation status ${this.#status()}`, {
          correlationId,
        });
      }
      await this.client.clock.sleep(this.#pollIntervalInMs);
      try {
        await poller.poll();
        failuresInARow = 0;
      } catch (error) {
        failuresInARow++;
        if (!(error instanceof NoAnswerError) || failuresInARow > forgivenFailures) {
          throw error;
        }
      }
    }
    if (poller.operationState?.status !== "succeeded") {
      throw this.#failure();
    }
  }

  async #look(url: string, deadline: Deadline): Promise<OperationResponse> {
    const target = new URL(url, this.accepted.url).href;
    this.#lastAnswer = await this.client.send({ method: "GET", target }, deadline);
    this.#remember(this.#lastAnswer);
    return toOperationResponse(this.#lastAnswer, "GET");
  }

  /** Status answers carry no Retry-After (Azure PowerShell's recording of 2026), so the last one that was given stays. */
  #remember(answer: ArmResponse): void {
    const askedInMs = parseRetryAfter(answer.headers, this.client.clock.now());
    this.#pollIntervalInMs = askedInMs ?? this.#pollIntervalInMs;
  }

  #status(): string {
    return text(asRecord(this.#lastAnswer.body).status) ?? `HTTP ${this.#lastAnswer.statusCode}`;
  }

  #failure(): OperationFailedError {
    const { body, headers, statusCode } = this.#lastAnswer;
    return new OperationFailedError(
      this.#status(),
      readArmError(body, headers, statusCode),
      this.#correlationId(),
    );
  }

  /** That of the request which began it all, not of a look at its status. */
  #correlationId(): string | undefined {
    return correlationIdIn(this.accepted.headers) ?? correlationIdIn(this.#lastAnswer.headers);
  }
}

function toOperationResponse(answer: ArmResponse, method: string): OperationResponse {
  return {
    flatResponse: answer.body,
    rawResponse: {
      statusCode: answer.statusCode,
      headers: { ...answer.headers },
      body: answer.body,
      request: { method, url: answer.url },
    },
  };
}
