import { isAtLeast } from "../arm/apiVersions";
import type { Call } from "../message";

/** Without a charset in the recording at 2023-01-01, with one in those at 2024-04-01. */
export function dataProtectionContentType(call: Call): Record<string, string> {
  return {
    "Content-Type": isAtLeast(call.apiVersion, "2024-01-01")
      ? "application/json; charset=utf-8"
      : "application/json",
  };
}
