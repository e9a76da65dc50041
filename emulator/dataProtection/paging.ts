import { absoluteUrl } from "../message";
import type { Call } from "../message";

/** How many items one page has; 200 is what Azure/azure-powershell#18904 saw. */
const pageSize = 200;

/** One page, and where the next is when there is one. */
export function pageOf(items: unknown[], call: Call): { value: unknown[]; nextLink?: string } {
  const start = Number.parseInt(call.query.get("$skipToken") ?? call.query.get("$skiptoken") ?? "0", 10) || 0;
  const value = items.slice(start, start + pageSize);
  const next = start + pageSize;
  return next < items.length
    ? { value, nextLink: absoluteUrl(call, call.path, `api-version=${call.apiVersion}&$skipToken=${next}`) }
    : { value };
}
