import path from "node:path";
import Ajv from "ajv-draft-04";
import type { ErrorObject, ValidateFunction } from "ajv";
import { isKnownDifference } from "./knownDifferences";
import type { SwaggerOperation, SwaggerSchema } from "./swaggerDocument";
import { SwaggerDocument } from "./swaggerDocument";
import { OperationFinder } from "./swaggerOperations";
import type { Direction } from "./swaggerSchema";
import { StrictSchemas } from "./swaggerSchema";

/** One request and its answer, with parsed bodies. */
export interface CheckedExchange {
  readonly method: string;
  /** A path with its query, or an address; the api-version in it is not looked at. */
  readonly url: string;
  readonly requestBody?: unknown;
  readonly status: number;
  readonly responseBody?: unknown;
  readonly responseHeaders?: Readonly<Record<string, string | undefined>>;
}

/** What {@link summarise} found. */
export interface Summary {
  /** How many exchanges were compared with the document. */
  readonly checked: number;
  /** The requests for which the document has no operation, as `GET /path`. */
  readonly notCovered: readonly string[];
  readonly problems: readonly string[];
}

/** Microsoft's document for api-version 2024-04-01, reduced by `reduceOpenApi.mjs`. */
const document = new SwaggerDocument(path.join(__dirname, "openApi.json"));
const ajv = new Ajv({ allErrors: true, discriminator: true, strict: false, verbose: true });
ajv.addFormat("date-time", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/);
const validators = new Map<SwaggerSchema, ValidateFunction>();
let finder: OperationFinder | undefined;

/** What is wrong with an exchange by the document; nothing when the document does not cover the operation. */
export function checkExchange(exchange: CheckedExchange): string[] {
  const operation = findOperation(exchange);
  if (operation === undefined) {
    return [];
  }
  const problems = [...checkRequest(operation, exchange), ...checkResponse(operation, exchange)];
  return problems
    .filter((problem) => !isKnownDifference(operation.operationId, problem))
    .map((problem) => `${operation.operationId} ${exchange.status}: ${problem}`);
}

/** Checks many exchanges and counts those that the document does not cover. */
export function summarise(exchanges: readonly CheckedExchange[]): Summary {
  const covered = exchanges.filter((exchange) => findOperation(exchange) !== undefined);
  const others = exchanges.filter((exchange) => findOperation(exchange) === undefined);
  return {
    checked: covered.length,
    notCovered: others.map(({ method, url }) => `${method} ${url.split("?")[0]}`),
    problems: covered.flatMap(checkExchange),
  };
}

function findOperation({ method, url }: CheckedExchange): SwaggerOperation | undefined {
  finder ??= new OperationFinder(document);
  return finder.find(method, url);
}

/** A body that was refused may be as wrong as the test that sent it wanted it to be. */
function checkRequest(operation: SwaggerOperation, { status, requestBody }: CheckedExchange): string[] {
  if (status >= 400) {
    return [];
  }
  const body = (operation.parameters ?? []).find((parameter) => parameter.in === "body");
  if (isAbsent(requestBody)) {
    return body?.required === true ? ["request: there is no body"] : [];
  }
  return body?.schema === undefined
    ? ["request: the operation takes no body"]
    : validate(body.schema, "request", requestBody);
}

function checkResponse(operation: SwaggerOperation, exchange: CheckedExchange): string[] {
  const { status, responseBody, responseHeaders } = exchange;
  const response =
    operation.responses[status] ?? (status >= 400 ? operation.responses["default"] : undefined);
  if (response === undefined) {
    return [`response: the status ${status} is not documented`];
  }
  const headerProblems = responseHeaders === undefined ? [] : checkHeaders(status, responseHeaders);
  if (isAbsent(responseBody)) {
    return [...headerProblems, ...(response.schema === undefined ? [] : ["response: there is no body"])];
  }
  return response.schema === undefined
    ? [...headerProblems, "response: the status has no body"]
    : [...headerProblems, ...validate(response.schema, "response", responseBody)];
}

/** An accepted operation is followed through one of two headers. */
function checkHeaders(status: number, headers: Readonly<Record<string, string | undefined>>): string[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const followed = names.includes("location") || names.includes("azure-asyncoperation");
  return status === 202 && !followed ? ["response: there is neither Location nor Azure-AsyncOperation"] : [];
}

function isAbsent(body: unknown): boolean {
  return body === undefined || body === null || body === "";
}

function validate(schema: SwaggerSchema, direction: Direction, body: unknown): string[] {
  const known = validators.get(schema);
  const validator = known ?? ajv.compile(new StrictSchemas(document, direction).standalone(schema));
  validators.set(schema, validator);
  validator(body);
  return (validator.errors ?? []).map((error) => `${direction}: ${describe(error)}`);
}

function describe({ instancePath, keyword, message, params, data }: ErrorObject): string {
  const place = instancePath === "" ? "/" : instancePath;
  const detail = params as Readonly<Record<string, unknown>>;
  switch (keyword) {
    case "additionalProperties":
      return `${place} has '${String(detail["additionalProperty"])}', which is not documented here`;
    case "required":
      return `${place} lacks '${String(detail["missingProperty"])}'`;
    case "discriminator":
      return `${place} has the ${String(detail["tag"])} '${String(detail["tagValue"])}', which is not documented here`;
    default:
      return `${place} ${data === null ? "is null, " : ""}${message ?? keyword}`;
  }
}
