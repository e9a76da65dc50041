import { isSameResourceId, parseResourceId } from "../azure/resourceId";
import type { Datasource } from "../dataProtection/datasource";
import type { InputProblem } from "../dataProtection/inputProblem";
import type { DatasourceKind } from "../dataProtection/datasourceKinds";
import { kindNamed, kindOf } from "../dataProtection/datasourceKinds";
import { apiVersionKey, apiVersionProblems } from "../dataProtection/service";
import type { Untrusted } from "../azure/json";
import { isObject } from "../azure/json";
import { inputProblems } from "./inputRules";
import type { CheckedInputs } from "./inputs";
import { isKept } from "./inputs";
import { isUnknown, unknownValue } from "../lifecycle/unknownValues";
import { instanceIdOf, instanceNameOf } from "./instanceName";

/** What `check` returns to the engine. */
export interface CheckResult {
  inputs: CheckedInputs;
  failures: InputProblem[];
}

/**
 * Judges the inputs before any request, and fills in what follows from them. Values that are not known yet, as in the
 * preview of a program that creates its disks too, are never judged. Inputs that something is wrong with stay as they are:
 * to a value that is not known the engine objects in an update, instead of showing what is wrong.
 *
 * @param olds - What state holds; nothing for an instance that is new.
 * @param apiVersion - The one that the service is asked with; without it the datasource may be one of any.
 */
export function check(news: Untrusted, apiVersion?: string, olds: Partial<CheckedInputs> = {}): CheckResult {
  const datasource = isObject(news.datasource) ? news.datasource : undefined;
  const kind = typeof datasource?.kind === "string" ? kindNamed(datasource.kind) : undefined;
  const failures = apiVersion === undefined ? [] : apiVersionProblems(apiVersion);
  failures.push(...inputProblems(news, kind));
  if (failures.length === 0 && kind !== undefined && apiVersion !== undefined) {
    failures.push(...supportProblems(kind, datasource as unknown as Datasource, apiVersion));
  }
  const inputs =
    failures.length > 0 ? (news as unknown as CheckedInputs) : complete(news, datasource, kind, olds);
  return { inputs, failures };
}

function supportProblems(
  kind: DatasourceKind<Datasource>,
  datasource: Datasource,
  apiVersion: string,
): InputProblem[] {
  const first = kind.firstApiVersion(datasource);
  if (first === undefined || apiVersion >= first.apiVersion) {
    return [];
  }
  const reason =
    `the service has it from api-version ${first.apiVersion} on, and this stack uses ${apiVersion}; ` +
    `\`pulumi config set ${apiVersionKey} ${first.apiVersion}\` changes that`;
  return [{ property: first.property, reason }];
}

function complete(
  news: Untrusted,
  datasource: Untrusted | undefined,
  kind: DatasourceKind<Datasource> | undefined,
  olds: Partial<CheckedInputs>,
): CheckedInputs {
  const datasourceId = kind && datasource?.[kind.datasourceIdProperty];
  const knownId = typeof datasourceId === "string" && !isUnknown(datasourceId) ? datasourceId : undefined;
  const name = news.name ?? (knownId === undefined ? unknownValue : defaultNameOf(knownId, news, olds));
  const friendlyName = news.friendlyName ?? parseResourceId(knownId ?? "")?.name ?? unknownValue;
  const { vaultId } = news;
  const isKnown = typeof vaultId === "string" && typeof name === "string" && ![vaultId, name].some(isUnknown);
  const backupInstanceId = isKnown ? instanceIdOf(vaultId, name) : unknownValue;
  return { ...news, name, friendlyName, backupInstanceId } as CheckedInputs;
}

/** The name where none is declared: chosen once, and then the one that state holds for this datasource in this vault. */
function defaultNameOf(datasourceId: string, { vaultId }: Untrusted, olds: Partial<CheckedInputs>): string {
  const isSame =
    isKept(olds) &&
    typeof vaultId === "string" &&
    isSameResourceId(olds.vaultId, vaultId) &&
    isSameResourceId(kindOf(olds.datasource).resourceId(olds.datasource), datasourceId);
  return isSame ? olds.name : instanceNameOf(datasourceId);
}
