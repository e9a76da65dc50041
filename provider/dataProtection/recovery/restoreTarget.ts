import type { ArmSender } from "../../azure/http/armClient";
import type { Deadline } from "../../azure/http/deadline";
import { isNotFound } from "../../azure/http/errors";

/** Stable api-versions of what restores make, by resource type. */
const apiVersions: [type: RegExp, apiVersion: string][] = [
  [/\/providers\/Microsoft\.Compute\/disks\/[^/]+$/i, "2024-03-02"],
  [/\/providers\/Microsoft\.Storage\/storageAccounts\//i, "2023-05-01"],
];

/** Whether a disk or a container is there. */
export async function isThere(client: ArmSender, id: string, deadline: Deadline): Promise<boolean> {
  const apiVersion = apiVersions.find(([type]) => type.test(id))?.[1] ?? "";
  return client.send({ method: "GET", target: id, apiVersion }, deadline).then(
    () => true,
    (error: unknown) => {
      if (isNotFound(error)) {
        return false;
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
