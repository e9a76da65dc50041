import { randomUUID } from "node:crypto";
import { checkApiVersion } from "./arm/apiVersions";
import { accessOf, checkAuthorized } from "./arm/authorization";
import { ArmError, badRequest, invalidRequestContent, notCovered } from "./arm/errors";
import { checkManagementLocks } from "./arm/managementLocks";
import {
  authenticate,
  authenticateAuxiliary,
  checkAncestors,
  checkSubscriptionOf,
  checkTenant,
} from "./arm/gateway";
import { checkPreconditions } from "./arm/preconditions";
import { defaultLimit } from "./arm/rateLimits";
import { checkRegistered } from "./arm/registrations";
import { subscriptionIdOf } from "./arm/resourceId";
import { checkTagDemands } from "./arm/tagDemands";
import type { Cloud } from "./cloud";
import type { Answer, Call } from "./message";
import { Router } from "./router";
import type { Match, Route } from "./router";
import { routes } from "./routes";
import type { RawRequest } from "./server";

const router = new Router(routes);

/** Answers one request: route, token, api-version, ancestors, handler, and the headers that every answer has. */
export function respond(cloud: Cloud, request: RawRequest, port: number): Answer {
  cloud.catchUp();
  const origin = originOf(request.headers["host"], port);
  let answer: Answer;
  try {
    answer = dispatch(cloud, request, origin, port);
  } catch (error) {
    if (!(error instanceof ArmError)) {
      throw error;
    }
    answer = withoutBodyIfNotAcceptable(request, error.toAnswer());
  }
  return { ...answer, headers: { ...commonHeaders(cloud, request), ...answer.headers } };
}

function dispatch(cloud: Cloud, request: RawRequest, origin: string, port: number): Answer {
  const [, rawQuery = ""] = splitOnce(request.url, "?");
  const path = pathOf(request.url);
  const match = router.match(request.method, path);
  const isOpen = match?.route.open === true;
  const claims = isOpen ? undefined : authenticate(cloud, request.headers, origin, audiences(port));
  if (!match && !isPathOfResourceManager(path)) {
    throw notCovered({ method: request.method, path });
  }
  const query = new URLSearchParams(rawQuery);
  const call: Call = {
    method: request.method,
    path,
    parameters: match?.parameters ?? {},
    query,
    headers: request.headers,
    body: undefined,
    bodyText: request.bodyText,
    origin,
    apiVersion: isOpen ? "" : checkApiVersion(path, query.get("api-version")),
    tenantId: claims?.tid ?? "",
    principalId: claims?.oid ?? "",
    auxiliaryTenantIds: isOpen ? [] : authenticateAuxiliary(cloud, request.headers, origin),
  };
  return isOpen ? match.route.handle(cloud, call) : dispatchInSubscription(cloud, match, call);
}

/** What Resource Manager looks at before it asks a resource provider, in its order. */
function dispatchInSubscription(cloud: Cloud, match: Match | undefined, call: Call): Answer {
  checkTenant(cloud, call);
  const subscriptionId = subscriptionIdOf(call.path) ?? "";
  const left = subscriptionId ? cloud.throttling?.take(call.method, subscriptionId) : undefined;
  if (!match) {
    checkSubscriptionOf(cloud, call);
    throw notCovered(call, accessOf(call)?.action);
  }
  checkSubscriptionOf(cloud, call);
  checkAuthorized(cloud, call);
  checkRegistered(cloud, call);
  checkAncestors(cloud, call);
  checkManagementLocks(cloud, call);
  checkPreconditions(call, () => read(cloud, call));
  const { route } = match;
  const limit = route.limit ?? defaultLimit(route.method);
  const limitHeaders = limit === "none" ? {} : cloud.rateLimits.take(limit, subscriptionId, left);
  return handle(cloud, route, call, limitHeaders);
}

/** What is at the call's path now; undefined where there is nothing. */
function read(cloud: Cloud, call: Call): unknown {
  const match = router.match("GET", call.path);
  if (!match) {
    return undefined;
  }
  try {
    return match.route.handle(cloud, { ...call, method: "GET", parameters: match.parameters }).body;
  } catch (error) {
    if (error instanceof ArmError && error.status === 404) {
      return undefined;
    }
    throw error;
  }
}

/** The resource provider's answer, errors of its own included, with what remains in its bucket. */
function handle(cloud: Cloud, route: Route, call: Call, limitHeaders: Record<string, string>): Answer {
  try {
    const withBody = { ...call, body: parseBody(call.bodyText) };
    checkTagDemands(cloud, withBody, () => read(cloud, call));
    const answer = route.handle(cloud, withBody);
    return { ...answer, headers: { ...limitHeaders, ...answer.headers } };
  } catch (error) {
    if (error instanceof ArmError && error.headers["x-ms-failure-cause"] !== "gateway") {
      const headers = { ...limitHeaders, ...error.headers };
      throw new ArmError(error.status, error.code, error.message, headers, error.body);
    }
    throw error;
  }
}

/** Everything else that clients ask for at the same address is another service's, such as Microsoft Graph's. */
function isPathOfResourceManager(path: string): boolean {
  return /^\/(subscriptions|providers|tenants)(\/|$)/i.test(path);
}

function splitOnce(text: string, separator: string): string[] {
  const position = text.indexOf(separator);
  return position < 0 ? [text] : [text.slice(0, position), text.slice(position + 1)];
}

/** The path of a request, decoded. */
export function pathOf(url: string): string {
  return decodePath(splitOnce(url, "?")[0]!);
}

/** azurerm asks `//<tenant>/oauth2/...` and the Azure CLI puts ids with a slash in front behind another: several count as one. */
function decodePath(rawPath: string): string {
  const path = `/${rawPath}`.replace(/\/{2,}/g, "/");
  try {
    const decoded = decodeURIComponent(path);
    return decoded.length > 1 ? decoded.replace(/\/+$/, "") : decoded;
  } catch {
    throw badRequest("InvalidRequestUri", `The request uri '${path}' is invalid.`);
  }
}

function parseBody(text: string): unknown {
  if (text.trim() === "") {
    return undefined;
  }
  try {
    return JSON.parse(text, (key, value) => (key === "__proto__" ? undefined : (value as unknown)));
  } catch (error) {
    throw invalidRequestContent((error as Error).message);
  }
}

function originOf(host: string | undefined, port: number): string {
  return `https://${host === `localhost:${port}` ? host : `127.0.0.1:${port}`}`;
}

function audiences(port: number): string[] {
  return [`https://127.0.0.1:${port}`, `https://localhost:${port}`];
}

/**
 * Data Protection answers 406 with nothing in it where its error would be a 400, when Accept has parameters that it
 * does not know (facts 3.5; azurerm sends `IEEE754Compatible=false`).
 */
function withoutBodyIfNotAcceptable(request: RawRequest, answer: Answer): Answer {
  const isDataProtection = /\/providers\/Microsoft\.DataProtection\//i.test(request.url);
  const isOddAccept = /IEEE754Compatible/i.test(request.headers["accept"] ?? "");
  return answer.status === 400 && isDataProtection && isOddAccept
    ? { status: 406, headers: answer.headers ?? {} }
    : answer;
}

function commonHeaders(cloud: Cloud, request: RawRequest): Record<string, string> {
  const requestId = randomUUID();
  const correlationId = request.headers["x-ms-correlation-request-id"] ?? randomUUID();
  const time = new Date(cloud.now()).toISOString().replace(/[-:]|\.\d+/g, "");
  const clientRequestId = request.headers["x-ms-client-request-id"];
  const wantsClientRequestId = request.headers["x-ms-return-client-request-id"] === "true";
  return {
    "Cache-Control": "no-cache",
    Pragma: "no-cache",
    Expires: "-1",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "x-ms-request-id": requestId,
    "x-ms-correlation-request-id": correlationId,
    "x-ms-routing-request-id": `EMULATOR:${time}:${requestId}`,
    ...(clientRequestId && wantsClientRequestId ? { "x-ms-client-request-id": clientRequestId } : {}),
  };
}
