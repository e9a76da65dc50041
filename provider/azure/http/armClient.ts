import { randomUUID } from "node:crypto";
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { AxiosInstance, AxiosResponse } from "axios";
import axios from "axios";
import type { Clock } from "../clock";
import type { Deadline } from "./deadline";
import { ArmError, NoAnswerError, isAmbiguous, readArmError } from "./errors";
import { text } from "../json";
import { RequestBuckets } from "./requestBuckets";
import type { AttemptOutcome } from "./retry";
import { decideRetry } from "./retry";
import type { Headers } from "./retryAfter";
import { TimeLimitError, longestRequestInMs, withinTime } from "./timeLimit";
import { correlationIdIn } from "./tracing";

/** A request to Resource Manager. */
export interface ArmRequest {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /**
   * What is asked: a resource id (with an action behind it, for POST) that starts with `/`, or, for polling, the
   * absolute URL that the service gave, which is sent as it is.
   */
  target: string;
  /** The api-version for a resource id; an absolute URL carries its own. */
  apiVersion?: string;
  /** Sent as JSON. */
  body?: unknown;
  /**
   * Whether the request names a resource that may lie in another tenant: the tokens of the auxiliary tenants are sent with
   * it then, and with no other request.
   */
  mayCrossTenants?: boolean;
  /** Whether it must not be sent again where it may have counted: each time that it counts, something else is begun. */
  isOnce?: boolean;
}

/** An answer that Resource Manager gave, below 400. */
export interface ArmResponse {
  statusCode: number;
  headers: Headers;
  /** The parsed JSON; `undefined` when the answer was empty. */
  body: unknown;
  /** The URL that was asked. */
  url: string;
}

/** Where bearer tokens come from; one source serves all resources of an update. */
export interface BearerTokens {
  getToken(): Promise<string>;
  /** Says that the service refused this token, so that the next call gets another. */
  invalidate(token: string): void;
}

/** What the operations need of the client. */
export type ArmSender = Pick<ArmClient, "send" | "clock">;

/** Enough for every request that Resource Manager lets through at once, and few enough for one process to serve. */
const mostConnections = 64;
const largestAnswerInBytes = 32 * 1024 * 1024;

/**
 * Resource Manager over HTTP: one `send` for everything, which adds the token and the api-version, repeats what is
 * transient until the deadline, and turns refusals into {@link ArmError}.
 *
 * The token goes to the Resource Manager host only: URLs on other hosts are refused and redirects are not followed.
 */
export class ArmClient {
  readonly #origin: string;
  readonly #http: AxiosInstance;
  readonly #buckets: RequestBuckets;

  /**
   * @param endpoint - Resource Manager's URL, such as `https://management.azure.com`.
   * @param random - Numbers from 0 up to 1, which spread repeated requests.
   * @param auxiliaryTokens - Tokens of the same identity in other tenants; Resource Manager takes up to three.
   */
  constructor(
    private readonly endpoint: string,
    private readonly tokens: BearerTokens,
    readonly clock: Clock,
    private readonly random: () => number = Math.random,
    private readonly auxiliaryTokens: readonly BearerTokens[] = [],
  ) {
    this.#origin = new URL(endpoint).origin;
    this.#buckets = new RequestBuckets(clock);
    this.#http = axios.create({
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets: mostConnections }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: mostConnections }),
      maxRedirects: 0,
      maxContentLength: largestAnswerInBytes,
      responseType: "text",
      transformResponse: (body: unknown) => body,
      validateStatus: () => true,
    });
  }

  /**
   * Sends a request and repeats it while its failure is transient and the deadline allows.
   *
   * @throws {@link ArmError} when the service refuses the request.
   * @throws {@link NoAnswerError} when no answer came, or none that could be read.
   * @throws {@link DeadlineExceededError} when the deadline passed, or passes before the service wants to be asked again.
   */
  async send(request: ArmRequest, deadline: Deadline): Promise<ArmResponse> {
    const url = this.#urlOf(request);
    const sources = [this.tokens, ...(request.mayCrossTenants ? this.auxiliaryTokens : [])];
    let [tokenWasRefused, mayHaveCounted] = [false, false];
    for (let attempt = 1; ; attempt++) {
      const { outcome, response, failure, tokens } = await this.#buckets.pass(
        request.method,
        url.pathname,
        deadline,
        async () => this.#attempt(request, url, sources, deadline),
      );
      if (response !== undefined) {
        return response;
      }
      if (outcome.kind === "answer" && outcome.statusCode === 401 && !tokenWasRefused) {
        tokenWasRefused = true;
        sources.forEach((source, index) => source.invalidate(tokens[index] ?? ""));
        continue;
      }
      const decision = decideRetry(outcome, attempt, this.clock.now(), this.random());
      if (!decision.retry || (request.isOnce && isAmbiguous(failure))) {
        throw mayHaveCounted && failure instanceof ArmError ? ofRepetition(failure) : failure;
      }
      mayHaveCounted ||= isAmbiguous(failure);
      deadline.mustAllow(decision.afterInMs, describe(request, url), failure.message, { cause: failure });
      await this.clock.sleep(decision.afterInMs);
    }
  }

  async #attempt(
    request: ArmRequest,
    url: URL,
    sources: BearerTokens[],
    deadline: Deadline,
  ): Promise<Attempt & { tokens: string[] }> {
    const tokens = await Promise.all(sources.map((source) => source.getToken()));
    const asked = { method: request.method, path: url.pathname };
    const limitInMs = Math.max(1, Math.min(longestRequestInMs, deadline.remainingInMs));
    let answer: AxiosResponse<unknown>;
    try {
      answer = await withinTime(limitInMs, async (signal) => this.#exchange(request, url, tokens, signal));
    } catch (error) {
      const networkErrorCode = networkErrorCodeOf(error);
      // Not the error itself as the cause: axios keeps the request, and with it the token, in it.
      const reason = `no answer from ${url.host}: ${error instanceof Error ? error.message : "unknown"}`;
      const failure = new NoAnswerError(asked, reason);
      return { tokens, outcome: { kind: "noAnswer", networkErrorCode }, failure };
    }
    return { tokens, ...readAnswer(answer, asked, url) };
  }

  async #exchange(
    request: ArmRequest,
    url: URL,
    tokens: string[],
    signal: AbortSignal,
  ): Promise<AxiosResponse<unknown>> {
    return this.#http.request<unknown>({
      method: request.method,
      url: url.href,
      headers: {
        // The service answers errors to an Accept with parameters with an empty 406 (azure-rest-api-specs#31657).
        Accept: "application/json",
        ...authorizationHeaders(tokens),
        "User-Agent": "pulumi-azure-dataprotection",
        "x-ms-client-request-id": randomUUID(),
        ...(request.body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      data: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal,
    });
  }

  #urlOf(request: ArmRequest): URL {
    const isResourceId = request.target.startsWith("/");
    const base = isResourceId ? this.endpoint : undefined;
    const url = URL.canParse(request.target, base) ? new URL(request.target, base) : undefined;
    if (url?.origin !== this.#origin) {
      throw new Error(
        `${request.method} ${url?.pathname ?? ""}: refused to send the token to ${url?.origin ?? "what is no address"}, ` +
          `which the service named and which is not Resource Manager (${this.#origin})`,
      );
    }
    if (isResourceId && request.apiVersion !== undefined) {
      url.searchParams.set("api-version", request.apiVersion);
    }
    return url;
  }
}

type Attempt =
  | { outcome: AttemptOutcome; response: ArmResponse; failure?: undefined }
  | { outcome: AttemptOutcome; response?: undefined; failure: ArmError | NoAnswerError };

function readAnswer(
  answer: AxiosResponse<unknown>,
  asked: { method: string; path: string },
  url: URL,
): Attempt {
  const headers = plainHeaders(answer);
  const statusCode = answer.status;
  const body = parseJson(answer.data);
  if (statusCode < 300 && body !== notJson) {
    const outcome: AttemptOutcome = { kind: "answer", statusCode, errorCode: undefined, headers };
    return { outcome, response: { statusCode, headers, body, url: url.href } };
  }
  const correlationId = correlationIdIn(headers);
  if (statusCode < 300) {
    const reason = `the service answered ${statusCode} with text that is not JSON`;
    const outcome: AttemptOutcome = { kind: "noAnswer", networkErrorCode: undefined };
    return { outcome, failure: new NoAnswerError(asked, reason, correlationId) };
  }
  const error = readArmError(body === notJson ? undefined : body, headers, statusCode);
  return {
    outcome: { kind: "answer", statusCode, errorCode: error.code, headers },
    failure: new ArmError(statusCode, error, asked, correlationId),
  };
}

function ofRepetition({ statusCode, body, request, correlationId }: ArmError): ArmError {
  return new ArmError(statusCode, body, request, correlationId, true);
}

function networkErrorCodeOf(error: unknown): string | undefined {
  if (error instanceof TimeLimitError) {
    return "ETIMEDOUT";
  }
  // Axios has one code for connections that break and for answers that are too long, which will be as long again (1.21).
  return axios.isAxiosError(error) && !error.message.startsWith("maxContentLength") ? error.code : undefined;
}

const notJson = Symbol("not JSON");

function parseJson(data: unknown): unknown {
  const json = text(data)?.trim();
  if (json === undefined || json === "") {
    return undefined;
  }
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return notJson;
  }
}

function plainHeaders(answer: AxiosResponse<unknown>): Headers {
  const entries = Object.entries(answer.headers as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** The first token is of the identity's own tenant, the others are of auxiliary ones. */
function authorizationHeaders([own, ...auxiliary]: string[]): Headers {
  return {
    Authorization: `Bearer ${own}`,
    ...(auxiliary.length === 0
      ? {}
      : { "x-ms-authorization-auxiliary": auxiliary.map((token) => `Bearer ${token}`).join(", ") }),
  };
}

function describe(request: ArmRequest, url: URL): string {
  return `waiting for an answer to ${request.method} ${url.pathname}`;
}
