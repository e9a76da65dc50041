import type { Exchange } from "../emulator/index";
import { attribute, instanceIn } from "./attribution";
import type { InstanceBody } from "./attribution";

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

/** Tells from the exchanges, and from nothing the stack says, how each backup instance fared. */
export function measure(exchanges: readonly Exchange[]): Measurement[] {
  const byDatasource = new Map<string, Exchange[]>();
  for (const { exchange, datasourceId } of attribute(exchanges)) {
    if (datasourceId) {
      byDatasource.set(datasourceId, [...(byDatasource.get(datasourceId) ?? []), exchange]);
    }
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
