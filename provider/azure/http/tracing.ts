import type { Headers } from "./retryAfter";

/** An error that rests on an answer of Resource Manager. */
export class TracedError extends Error {
  /**
   * @param correlationId - What Microsoft finds the request by; `undefined` when the answer had none. For an error that rests
   *   on that of its cause it is left out.
   */
  constructor(
    message: string,
    readonly correlationId: string | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The correlation id of an answer; its request id where there is none, which is of less use to Microsoft. */
export function correlationIdIn(headers: Headers): string | undefined {
  return headers["x-ms-correlation-request-id"] ?? headers["x-ms-request-id"];
}

/** The correlation id of the answer that an error, or what caused it, rests on. */
export function correlationIdOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const ownCorrelationId = error instanceof TracedError ? error.correlationId : undefined;
  return ownCorrelationId ?? correlationIdOf(error.cause);
}

/** A message for people with the correlation id of the answer that it rests on, if there is one. */
export function withCorrelationId(message: string, correlationId: string | undefined): string {
  return correlationId === undefined ? message : `${message} (correlation id ${correlationId})`;
}
