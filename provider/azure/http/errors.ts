import { DeadlineExceededError } from "./deadline";
import { asRecord, partsOf, sentence } from "../json";
import type { Headers } from "./retryAfter";
import { TracedError } from "./tracing";

/** The error of a Resource Manager answer, of a failed operation, or of a part of one of these. */
export interface ArmErrorBody {
  code: string;
  message: string;
  details: ArmErrorBody[];
  /** What a resource provider adds, as it came: `[{ type, info }]`. */
  additionalInfo: unknown[];
}

/** An answer of Resource Manager that refuses a request. */
export class ArmError extends TracedError {
  override readonly name = "ArmError";

  /**
   * @param isOfRepetition - Whether the request was sent before, and the answer to that was lost: the refusal may then be one
   *   of the second request only, because the first one has counted.
   */
  constructor(
    readonly statusCode: number,
    readonly body: ArmErrorBody,
    readonly request: { method: string; path: string },
    correlationId: string | undefined,
    readonly isOfRepetition = false,
  ) {
    super(`${request.method} ${request.path}: ${statusCode} ${body.code}: ${body.message}`, correlationId);
  }
}

/** A request that got no answer that could be read: whether the service acted on it is not known. */
export class NoAnswerError extends TracedError {
  override readonly name: string = "NoAnswerError";

  /** @param correlationId - That of the answer that could not be read. */
  constructor(
    readonly request: { method: string; path: string },
    reason: string,
    correlationId?: string,
  ) {
    super(`${request.method} ${request.path}: ${reason}`, correlationId);
  }
}

/**
 * A long-running operation that Resource Manager had accepted, and whose end cannot be learned: nobody knows its status any
 * more, or no answer about it can be read. That says nothing of the resource, which has to be looked at itself.
 */
export class OperationLostError extends NoAnswerError {
  override readonly name = "OperationLostError";

  constructor(error: ArmError | NoAnswerError) {
    const reason = error.message.replace(/^\S+ \S+: /, "");
    super(
      error.request,
      `the service does not tell how the operation ended (${reason})`,
      error.correlationId,
    );
    this.cause = error;
  }
}

/** A long-running operation that Resource Manager had accepted and that then failed or was cancelled. */
export class OperationFailedError extends TracedError {
  override readonly name = "OperationFailedError";

  constructor(
    readonly status: string,
    readonly body: ArmErrorBody,
    correlationId: string | undefined,
  ) {
    const state = status === body.code ? "" : `${status}: `;
    super(`${state}${body.code}: ${body.message}`, correlationId);
  }
}

/** Whether the error says that the thing that was asked for, or what contains it, is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ArmError && error.statusCode === 404 && error.body.code !== "SubscriptionNotFound";
}

/** Whether it is unknown if the service acted on the request that failed so. */
export function isAmbiguous(error: unknown): boolean {
  if (error instanceof DeadlineExceededError) {
    return isAmbiguous(error.cause);
  }
  return (
    error instanceof NoAnswerError ||
    (error instanceof ArmError && (error.statusCode >= 500 || error.isOfRepetition))
  );
}

/**
 * Reads the error of an answer. Never fails: what cannot be read is named as such.
 *
 * @param body - The parsed answer: `{ error: { code, message, ... } }`, or the service's older
 *   `{ ErrorCode, Message: { Value } }` (seen up to api-version 2023-11-01), or anything else.
 * @param silence - What stands for the code and the message that an answer lacks.
 */
export function readArmError(
  body: unknown,
  headers: Headers,
  statusCode: number,
  silence: Pick<ArmErrorBody, "code" | "message"> = {
    code: `HTTP ${statusCode}`,
    message: "the answer holds no error message",
  },
): ArmErrorBody {
  const envelope = asRecord(body);
  const error = asRecord(envelope.error);
  const legacyMessage = asRecord(envelope.Message).Value;
  const code = sentence(error.code) ?? sentence(envelope.ErrorCode) ?? sentence(envelope.code);
  const message = sentence(error.message) ?? sentence(legacyMessage) ?? sentence(envelope.message);
  return {
    code: code ?? headers["x-ms-error-code"] ?? silence.code,
    message: message ?? redirectIn(headers, statusCode) ?? silence.message,
    ...readParts(error, 1),
  };
}

/** Only where it leads to: what stands behind that may be signed. */
function redirectIn({ location }: Headers, statusCode: number): string | undefined {
  const isRedirect = statusCode < 400 && location !== undefined && URL.canParse(location);
  return isRedirect
    ? `a redirect to ${new URL(location).origin}, which is not followed: the token stays with Resource Manager`
    : undefined;
}

function readParts(
  error: Record<string, unknown>,
  level: number,
): Pick<ArmErrorBody, "details" | "additionalInfo"> {
  return {
    details: partsOf(error.details, level)
      .map(asRecord)
      .map((detail) => ({
        code: sentence(detail.code) ?? "",
        message: sentence(detail.message) ?? "",
        ...readParts(detail, level + 1),
      })),
    additionalInfo: partsOf(error.additionalInfo, level),
  };
}
