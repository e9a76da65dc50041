import type { Exchange } from "../../emulator";
import { isOurs } from "../wire/stage";
import { pathOf } from "./ambush";

/**
 * What the provider changed by some exchanges, as `PUT` or `POST resumeProtection`. A request that the service never saw, or that
 * found nothing to do, is none; two that are answered with the same operation are one.
 */
export function effectsOf(exchanges: readonly Exchange[]): string[] {
  const writes = exchanges.filter(
    (exchange) => isOurs(exchange) && isWrite(exchange) && isEffective(exchange),
  );
  const byOperation = new Map(writes.map((exchange) => [operationOf(exchange), nameOf(exchange)]));
  return [...byOperation.values()];
}

function isWrite(exchange: Exchange): boolean {
  return exchange.method !== "GET" && !/\/validateFor/.test(pathOf(exchange));
}

function isEffective({ status }: Exchange): boolean {
  return status >= 200 && status < 300 && status !== 204;
}

/** The path of the operation that answers a request, which is the same for all requests that it answers. */
function operationOf({ sequence, responseHeaders }: Exchange): string {
  const url = Object.entries(responseHeaders).find(([name]) => name.toLowerCase() === "azure-asyncoperation");
  return url?.[1].split("?")[0] ?? `at once, as number ${sequence}`;
}

function nameOf(exchange: Exchange): string {
  const action = /\/(deletedB|b)ackupInstances\/[^/]+\/([^/]+)$/.exec(pathOf(exchange))?.[2];
  return action === undefined ? exchange.method : `${exchange.method} ${action}`;
}
