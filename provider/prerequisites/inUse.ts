import type { Deadline } from "../azure/http/deadline";
import type { InputProblem } from "../dataProtection/inputProblem";
import type { Session } from "../host/session";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import { canonical } from "./overlay";
import type { WireResource } from "./wireResource";

type Properties = WireResource["properties"];

/** What of a change Azure refuses because the vault holds backups, soft-deleted ones included. */
export async function problemsInUse(
  { service }: Session,
  { sort, resourceId }: PrerequisiteInputs,
  [from, to]: [from: Properties, to: Properties],
  deadline: Deadline,
): Promise<InputProblem[]> {
  const changed = kinds[sort].safeguards.filter(
    ({ isFinalInUse, valueIn }) =>
      isFinalInUse === true && canonical(valueIn(from)) !== canonical(valueIn(to)),
  );
  if (changed.length === 0) {
    return [];
  }
  const lists = [
    await service.listInstances(resourceId, deadline),
    await service.listDeleted(resourceId, deadline),
  ];
  const [holder] = lists.flatMap(({ instances, unread }) => [...instances, ...unread]);
  return holder === undefined
    ? []
    : changed.map(({ property, valueIn, declare }) => ({
        property,
        reason:
          `Azure cannot change it any more, since the vault holds backups (${holder.id ?? "one that the service shows without an id"}): declare \`${declare(valueIn(from))}\`, ` +
          "or have another vault by another vaultName",
      }));
}
