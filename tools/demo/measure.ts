import type { Exchange } from "../../emulator/index";
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
  /** From the first request about the instance to the answer that first showed the state. */
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
  const sightings = lastSightings(exchanges);
  return [...byDatasource]
    .map(([datasourceId, about]) =>
      measurementOf(datasourceId, about, sightings.get(datasourceId.toLowerCase())),
    )
    .sort((one, other) => one.kind.localeCompare(other.kind));
}

/** A protection state, and when the answer came that first showed it. */
interface Sighting {
  state: string;
  at: number;
}

/** The last state of each datasource that the service answered, for one instance or in a list of a vault's. */
function lastSightings(exchanges: readonly Exchange[]): Map<string, Sighting> {
  const sightings = new Map<string, Sighting>();
  for (const { responseBody, startedAt, durationInMs } of exchanges) {
    const { value } = (responseBody ?? {}) as { value?: unknown };
    const shown = (Array.isArray(value) ? value : [responseBody]) as (InstanceBody | undefined)[];
    for (const body of shown) {
      const datasourceId = body?.properties?.dataSourceInfo?.resourceID?.toLowerCase();
      const state = body?.properties?.currentProtectionState;
      if (datasourceId && state && sightings.get(datasourceId)?.state !== state) {
        sightings.set(datasourceId, { state, at: Date.parse(startedAt) + durationInMs });
      }
    }
  }
  return sightings;
}

function measurementOf(
  datasourceId: string,
  exchanges: readonly Exchange[],
  last: Sighting | undefined,
): Measurement {
  const bodies = exchanges
    .map(({ requestBody }) => instanceIn(requestBody))
    .filter((body) => body !== undefined);
  const begin = Math.min(...exchanges.map(({ startedAt }) => Date.parse(startedAt)));
  const end = last?.at ?? Math.max(...exchanges.map(({ startedAt }) => Date.parse(startedAt)));
  return {
    datasource: datasourceId.split("/").pop() ?? datasourceId,
    kind: kindOf(bodies[0] ?? {}),
    state: last?.state ?? "none",
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
