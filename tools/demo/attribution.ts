import type { Exchange } from "../../emulator/index";

/** An exchange, and what it is about. */
export interface Attributed {
  exchange: Exchange;
  /** ARM id of the datasource that it is about, if it is about one. */
  datasourceId?: string;
  /** The exchange that began the operation that this one polls. */
  begunBy?: Exchange;
}

/** A backup instance as requests and answers spell it. */
export interface InstanceBody {
  properties?: {
    dataSourceInfo?: { resourceID?: string; datasourceType?: string };
    policyInfo?: { policyParameters?: { backupDatasourceParametersList?: { containersList?: string[] }[] } };
    currentProtectionState?: string;
  };
}

/** Finds out, from the exchanges alone, which datasource each is about. Polls are about what the operation was begun for. */
export function attribute(exchanges: readonly Exchange[]): Attributed[] {
  const datasourceOfInstance = new Map<string, string>();
  const begun = new Map<string, Attributed>();
  return exchanges.map((exchange) => {
    const asked = pathOf(exchange.url);
    const instance = /\/backupInstances\/[^/]+$/i.exec(asked)?.[0].toLowerCase();
    const operation = begun.get(asked);
    const datasourceId =
      instanceIn(exchange.requestBody)?.properties?.dataSourceInfo?.resourceID ??
      operation?.datasourceId ??
      (instance && datasourceOfInstance.get(instance));
    const attributed: Attributed = {
      exchange,
      ...(datasourceId ? { datasourceId } : {}),
      ...(operation ? { begunBy: operation.begunBy ?? operation.exchange } : {}),
    };
    if (instance && datasourceId) {
      datasourceOfInstance.set(instance, datasourceId);
    }
    for (const url of operationsBegunBy(exchange)) {
      begun.set(url, begun.get(url) ?? attributed);
    }
    return attributed;
  });
}

/** The body of a PUT of an instance, or the one inside a `validateForBackup`. */
export function instanceIn(requestBody: unknown): InstanceBody | undefined {
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
