import { badRequest } from "./errors";

/** facts 1.1 */
const dataProtectionStable =
  "2021-01-01 2021-07-01 2022-01-01 2022-03-01 2022-04-01 2022-05-01 2022-12-01 2023-01-01 2023-05-01 2023-11-01 " +
  "2023-12-01 2024-03-01 2024-04-01 2025-01-01 2025-02-01 2025-07-01 2025-09-01 2026-03-01 2026-06-01";
const dataProtectionPreview =
  "2021-02-01 2021-06-01 2021-10-01 2021-12-01 2022-02-01 2022-03-31 2022-09-01 2022-10-01 2022-11-01 2023-04-01 " +
  "2023-06-01 2023-08-01 2024-02-01 2026-04-01 2026-08-31";

export const dataProtectionVersions: readonly string[] = [
  ...dataProtectionStable.split(" "),
  ...dataProtectionPreview.split(" ").map((date) => `${date}-preview`),
];

/** Whether `apiVersion` is the one of `date` or newer. */
export function isAtLeast(apiVersion: string, date: string): boolean {
  return apiVersion.slice(0, 10) >= date;
}

/** Throws what Resource Manager answers to an api-version that is missing or that nobody serves. */
export function checkApiVersion(path: string, apiVersion: string | null): string {
  if (!apiVersion) {
    throw badRequest(
      "MissingApiVersionParameter",
      "The api-version query parameter (?api-version=) is required for all requests.",
    );
  }
  if (!/^\d{4}-\d{2}-\d{2}(-[a-z]+)?$/i.test(apiVersion)) {
    throw badRequest(
      "InvalidApiVersionParameter",
      `The api-version '${apiVersion}' is invalid. The supported versions are ` +
        "'2024-03-01,2023-07-01,2022-12-01,2022-09-01,2021-04-01,2020-06-01,2019-10-01'.",
    );
  }
  const type = /\/providers\/Microsoft\.DataProtection\/([^/]+)(?!.*\/providers\/)/i.exec(path)?.[1];
  const isOfResourceManager = /^(un)?register$/i.test(type ?? "");
  if (type && !isOfResourceManager && !dataProtectionVersions.includes(apiVersion.toLowerCase())) {
    throw badRequest(
      "NoRegisteredProviderFound",
      `No registered resource provider found for API version '${apiVersion}' for type '${type}'. ` +
        `The supported api-versions are '${dataProtectionVersions.join(", ")}'.`,
    );
  }
  return apiVersion.toLowerCase();
}
