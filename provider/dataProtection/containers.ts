import type { ContainerSelection, Datasource } from "./datasource";
import type { InputProblem } from "./inputProblem";
import type { WireDatasourceParameters } from "./wire";

/** Containers of the system that Azure Backup protects like others; all other `$` names it refuses. */
const systemContainers = new Set(["$root", "$web"]);
/** Azure Storage's rule: 3 to 63 lower-case letters, digits and single hyphens, a letter or digit at both ends. */
const containerName = /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/;
/**
 * Terraform's provider allows so many since 2026-06; the support matrix of 2025-07 says 100. Between the two the
 * service decides.
 */
const mostContainers = 1_000;

const property = "datasource.containers";

/** What of an account is copied to the vault; `undefined` for backups that copy nothing. */
export function selectionOf(datasource: Datasource): ContainerSelection | undefined {
  if (datasource.kind === "disk") {
    return undefined;
  }
  const { containers, autoProtection } = datasource;
  return containers === undefined && autoProtection === undefined
    ? undefined
    : { containers, autoProtection };
}

/** Whether two selections mean the same containers: their order means nothing to the service. */
export function isSameSelection(
  one: ContainerSelection | undefined,
  other: ContainerSelection | undefined,
): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf(selection: ContainerSelection | undefined): string {
  const { containers, autoProtection } = selection ?? {};
  const excluded = autoProtection && inOrder(autoProtection.excludedPrefixes ?? []);
  return JSON.stringify({ containers: inOrder(containers), excluded });
}

/** State may hold what is no list, and no names, if somebody has edited it. */
function inOrder(names: unknown): unknown {
  return Array.isArray(names) ? names.map((name) => JSON.stringify(name)).toSorted() : (names ?? undefined);
}

/**
 * The parameters of a selection.
 *
 * @param type - What the service calls the ones of a list, as in `BlobBackupDatasourceParameters`.
 */
export function selectionToWire(
  { containers, autoProtection }: ContainerSelection,
  type: string,
): WireDatasourceParameters | undefined {
  if (autoProtection !== undefined) {
    const rules = (autoProtection.excludedPrefixes ?? []).map((pattern) => ({
      objectType: "BlobBackupAutoProtectionRule" as const,
      mode: "Exclude" as const,
      type: "Prefix" as const,
      pattern,
    }));
    const objectType = "BlobBackupRuleBasedAutoProtectionSettings";
    return {
      objectType: `${type}ForAutoProtection`,
      autoProtectionSettings: { objectType, enabled: true, rules },
    };
  }
  return containers && { objectType: type, containersList: containers };
}

/** Reads a selection back. */
export function selectionFromWire(named: WireDatasourceParameters[] | null | undefined): ContainerSelection {
  const parameters = named ?? [];
  const settings = parameters.find((one) => one.autoProtectionSettings?.enabled)?.autoProtectionSettings;
  if (settings !== undefined) {
    const excludedPrefixes = (settings.rules ?? []).map(({ pattern }) => pattern);
    return { autoProtection: excludedPrefixes.length > 0 ? { excludedPrefixes } : {} };
  }
  return { containers: parameters.find((one) => one.containersList !== undefined)?.containersList };
}

/** What is wrong with a selection of containers for vaulted backup. */
export function selectionProblems({ containers, autoProtection }: ContainerSelection): InputProblem[] {
  if (containers !== undefined && autoProtection !== undefined) {
    const reason = "containers are named, too; give their names, or all but some of them, but not both";
    return [{ property: "datasource.autoProtection", reason }];
  }
  return [...containerProblems(containers), ...prefixProblems(autoProtection?.excludedPrefixes ?? [])];
}

function prefixProblems(prefixes: readonly string[]): InputProblem[] {
  return prefixes.flatMap((prefix, index) =>
    /^[-a-z0-9$]{1,63}$/.test(prefix)
      ? []
      : [
          {
            property: `datasource.autoProtection.excludedPrefixes[${index}]`,
            reason: `${JSON.stringify(prefix)} begins no container's name; give lower-case letters, digits and hyphens`,
          },
        ],
  );
}

function containerProblems(containers: readonly string[] | undefined): InputProblem[] {
  if (containers === undefined) {
    return [];
  }
  if (containers.length === 0) {
    const reason =
      "the list is empty; name at least one container for vaulted backup, or leave the property out for operational " +
      "backup of the whole account";
    return [{ property, reason }];
  }
  const problems: InputProblem[] = [];
  if (containers.length > mostContainers) {
    const reason = `${containers.length} containers; Azure Backup protects at most ${mostContainers} of an account: leave some out`;
    problems.push({ property, reason });
  }
  containers.forEach((name, index) => {
    const reason = nameProblem(name) ?? duplicateProblem(containers, name, index);
    if (reason !== undefined) {
      problems.push({ property: `${property}[${index}]`, reason });
    }
  });
  return problems;
}

function nameProblem(name: string): string | undefined {
  if (containerName.test(name) || systemContainers.has(name)) {
    return undefined;
  }
  return (
    `"${name}" is no container that can be backed up; a name has 3 to 63 lower-case letters, digits and single hyphens ` +
    "and starts and ends with a letter or digit ($root and $web are allowed too)"
  );
}

function duplicateProblem(containers: readonly string[], name: string, index: number): string | undefined {
  return containers.indexOf(name) < index ? `"${name}" is in the list twice; remove one` : undefined;
}
