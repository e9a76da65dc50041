import type { Exchange } from "../emulator/index";

/** What the service was asked, and answered, about one backup instance. */
export interface Measurement {
  /** The name of the disk or the storage account. */
  datasource: string;
  /** For people: what is protected, and how. */
  kind: string;
  /** The protection state that the service answered last. */
  state: string;
  /** From the first request about the instance to the end of the last one. */
  seconds: number;
  requests: number;
}

interface InstanceBody {
  properties?: {
    dataSourceInfo?: { resourceID?: string; datasourceType?: string };
    policyInfo?: { policyParameters?: { backupDatasourceParametersList?: { containersList?: string[] }[] } };
    currentProtectionState?: string;
  };
}

/**
 * Tells from the exchanges, and from nothing the stack says, how each backup instance fared. The polls of an operation
 * count for the instance whose request began it.
 */
export function measure(exchanges: readonly Exchange[]): Measurement[] {
  const byDatasource = new Map<string, Exchange[]>();
  const datasourceOfInstance = new Map<string, string>();
  const datasourceOfOperation = new Map<string, string>();

  for (const exchange of exchanges) {
    const asked = pathOf(exchange.url);
    const body = instanceIn(exchange.requestBody);
    const instance = /\/backupInstances\/[^/]+$/i.exec(asked)?.[0].toLowerCase();
    const datasourceId =
      body?.properties?.dataSourceInfo?.resourceID ??
      datasourceOfOperation.get(asked) ??
      (instance && datasourceOfInstance.get(instance));
    if (!datasourceId) {
      continue;
    }
    if (instance) {
      datasourceOfInstance.set(instance, datasourceId);
    }
    for (const url of operationsBegunBy(exchange)) {
      datasourceOfOperation.set(url, datasourceId);
    }
    byDatasource.set(datasourceId, [...(byDatasource.get(datasourceId) ?? []), exchange]);
  }
  return [...byDatasource]
    .map(([datasourceId, about]) => measurementOf(datasourceId, about))
    .sort((one, other) => one.kind.localeCompare(other.kind));
}

function measurementOf(datasourceId: string, exchanges: readonly Exchange[]): Measurement {
  const bodies = exchanges
    .map(({ requestBody }) => instanceIn(requestBody))
    .filter((body) => body !== undefined);
  const states = exchanges
    .map(({ responseBody }) => (responseBody as InstanceBody | undefined)?.properties?.currentProtectionState)
    .filter((state) => state !== undefined);
  const begin = Math.min(...exchanges.map(({ startedAt }) => Date.parse(startedAt)));
  const end = Math.max(
    ...exchanges.map(({ startedAt, durationInMs }) => Date.parse(startedAt) + durationInMs),
  );
  return {
    datasource: datasourceId.split("/").pop() ?? datasourceId,
    kind: kindOf(bodies[0] ?? {}),
    state: states.pop() ?? "none",
    seconds: (end - begin) / 1000,
    requests: exchanges.length,
  };
}

function kindOf({ properties }: InstanceBody): string {
  if (properties?.dataSourceInfo?.datasourceType === "Microsoft.Compute/disks") {
    return "disk, operational";
  }
  const parameters = properties?.policyInfo?.policyParameters?.backupDatasourceParametersList ?? [];
  return parameters.some(({ containersList }) => containersList?.length)
    ? "blobs, vaulted"
    : "blobs, operational";
}

/** The body of a PUT of an instance, or the one inside a `validateForBackup`. */
function instanceIn(requestBody: unknown): InstanceBody | undefined {
  const body = requestBody as (InstanceBody & { backupInstance?: InstanceBody["properties"] }) | undefined;
  if (body?.backupInstance) {
    return { properties: body.backupInstance };
  }
  return body?.properties?.dataSourceInfo ? body : undefined;
}

function operationsBegunBy({ responseHeaders }: Exchange): string[] {
  return Object.entries(responseHeaders)
    .filter(([name]) => /^(location|azure-asyncoperation)$/i.test(name))
    .map(([, url]) => pathOf(url));
}

function pathOf(url: string): string {
  return new URL(url, "https://emulator").pathname;
}
