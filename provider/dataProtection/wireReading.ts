import type { ArmResponse } from "../azure/http/armClient";
import type { InstanceList } from "./instanceList";
import { unreadInstance } from "./instanceList";
import { readPageOf } from "./page";
import type { Seen } from "./seen";
import { seenIn } from "./seen";
import { listOf, object, optional, read, text } from "./shape";
import type { WireDeletedBackupInstance } from "./wire";

/** All that is read of an instance, live or soft-deleted. */
const instance = object({
  id: text,
  name: text,
  tags: optional(object({})),
  properties: object({
    friendlyName: optional(text),
    dataSourceInfo: object({ datasourceType: text, resourceID: text, resourceLocation: optional(text) }),
    policyInfo: object({
      policyId: text,
      policyParameters: optional(
        object({
          dataStoreParametersList: optional(
            listOf(object({ dataStoreType: optional(text), resourceGroupId: optional(text) })),
          ),
          backupDatasourceParametersList: optional(
            listOf(
              object({
                objectType: optional(text),
                containersList: optional(listOf(text)),
                autoProtectionSettings: optional(
                  object({ rules: optional(listOf(object({ pattern: text }))) }),
                ),
              }),
            ),
          ),
        }),
      ),
    }),
    identityDetails: optional(object({ userAssignedIdentityArmUrl: optional(text) })),
    currentProtectionState: optional(text),
    protectionStatus: optional(object({ status: optional(text), errorDetails: optional(object({})) })),
    protectionErrorDetails: optional(object({})),
    provisioningState: optional(text),
    deletionInfo: optional(object({ deletionTime: optional(text), scheduledPurgeTime: optional(text) })),
  }),
});

const vault = object({ location: text });

/**
 * Reads an instance.
 *
 * @param method - What was asked, for the error.
 * @throws {@link NoAnswerError} when the answer is none.
 */
export function readInstance(answer: ArmResponse, method = "GET"): Seen<WireDeletedBackupInstance> {
  return seenIn(answer.headers, read<WireDeletedBackupInstance>(answer, method, "the instance", instance));
}

/**
 * Reads a page of a list of instances, with the URL of the next one. A vault holds instances of all kinds, also of those
 * that came later than this code, so one that cannot be read is set apart. See {@link readPageOf}.
 */
export function readPage(
  answer: ArmResponse,
  known: Set<string>,
): InstanceList<WireDeletedBackupInstance> & { next: string | undefined } {
  const { items, next } = readPageOf(answer, known);
  const list: InstanceList<WireDeletedBackupInstance> = { instances: [], unread: [] };
  for (const item of items) {
    const problem = instance(item, "it");
    if (problem === undefined) {
      list.instances.push(seenIn(answer.headers, item as WireDeletedBackupInstance));
    } else {
      list.unread.push(seenIn(answer.headers, unreadInstance(item, problem)));
    }
  }
  return { ...list, next };
}

/**
 * Reads the region of a vault.
 *
 * @throws {@link NoAnswerError} when the answer names none.
 */
export function readVaultLocation(answer: ArmResponse): string {
  return read<{ location: string }>(answer, "GET", "the vault", vault).location;
}
