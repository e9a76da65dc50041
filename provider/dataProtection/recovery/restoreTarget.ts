import type { ArmSender } from "../../azure/http/armClient";
import type { Deadline } from "../../azure/http/deadline";
import { ArmError, isNotFound } from "../../azure/http/errors";

/** Stable api-versions of what is looked for, by resource type. */
const apiVersions: [type: RegExp, apiVersion: string][] = [
  [/\/providers\/Microsoft\.Compute\/disks\/[^/]+$/i, "2024-03-02"],
  [/\/providers\/Microsoft\.DataProtection\/backupVaults\/[^/]+(\/backupPolicies\/[^/]+)?$/i, "2025-07-01"],
  [/\/providers\/Microsoft\.Storage\/storageAccounts\//i, "2023-05-01"],
];

/** Whether a disk, an account, a container, a vault or a policy is there. */
export async function isThere(client: ArmSender, id: string, deadline: Deadline): Promise<boolean> {
  return (await absenceOf(client, id, deadline)) === undefined;
}

/** The answer that says of such a thing that it is not there; `undefined` when it is. */
export async function absenceOf(
  client: ArmSender,
  id: string,
  deadline: Deadline,
): Promise<ArmError | undefined> {
  const apiVersion = apiVersions.find(([type]) => type.test(id))?.[1] ?? "";
  return client.send({ method: "GET", target: id, apiVersion }, deadline).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof ArmError && isNotFound(error)) {
        return error;
      }
      throw error;
    },
  );
}

/** Those of these ids that are not there. */
export async function missingOf(
  client: ArmSender,
  ids: readonly string[],
  deadline: Deadline,
): Promise<string[]> {
  const missing: string[] = [];
  for (const id of ids) {
    if (!(await isThere(client, id, deadline))) {
      missing.push(id);
    }
  }
  return missing;
}
