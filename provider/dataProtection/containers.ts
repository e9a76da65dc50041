import type { InputProblem } from "./datasourceKinds";

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

/** What is wrong with a list of containers for vaulted backup. */
export function containerProblems(containers: readonly string[] | undefined): InputProblem[] {
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
