import type { Deadline } from "../azure/http/deadline";
import { SharedAnswers } from "../azure/http/sharedAnswers";
import { canonicalResourceId } from "../azure/resourceId";
import type { Session } from "../host/session";
import { findResource } from "./arm";
import type { PrerequisiteInputs } from "./inputs";
import type { LiveResource } from "./wireResource";

const looks = new WeakMap<Session, SharedAnswers<LiveResource | undefined>>();

/** The live resource as one look for the whole operation has shown it, unless it was written to since. */
export async function lookAt(
  session: Session,
  resource: PrerequisiteInputs,
  deadline: Deadline,
): Promise<LiveResource | undefined> {
  const { client } = session.service;
  return looksOf(session).get(keyOf(resource), async () => findResource(client, resource, deadline));
}

/** Has the resource looked at again, since it is written to. */
export function forgetLook(session: Session, resource: PrerequisiteInputs): void {
  looksOf(session).forget(keyOf(resource));
}

function looksOf(session: Session): SharedAnswers<LiveResource | undefined> {
  const known = looks.get(session) ?? new SharedAnswers<LiveResource | undefined>();
  looks.set(session, known);
  return known;
}

function keyOf({ resourceId }: PrerequisiteInputs): string {
  return canonicalResourceId(resourceId);
}
