import type { Aftermath, Command, Row } from "./rehearsal";
import { describeRehearsal, rowOf } from "./table";

/** A command other than the interrupted one comes next, or more than one. */
interface Story {
  then: readonly Command[];
  isProtected: boolean;
  /** @default what is protected, and nothing else */
  isInState?: boolean;
  effects: string[];
  pending: string[];
}

const everything = "kill -9 of everything";
const create = rowOf("create", "PUT accepted, not answered", everything);
const update = rowOf("update", "PUT accepted, not answered", everything);
const deletion = rowOf("delete", "DELETE accepted, not answered", everything);

const [protectedNow, goneNow] = [{ isProtected: true }, { isProtected: false }];
const stories: [string, Row, Story][] = [
  [
    "an update clears the doubt about a create only where people say so",
    create,
    { then: ["up", "refresh --clear-pending-creates"], ...protectedNow, effects: ["PUT"], pending: [] },
  ],
  [
    "a refresh before the update does no harm",
    create,
    { then: ["refresh", "up"], ...protectedNow, effects: ["PUT"], pending: ["creating"] },
  ],
  [
    "a refresh that clears the pending create leaves the instance to the update",
    create,
    { then: ["refresh --clear-pending-creates", "up"], ...protectedNow, effects: ["PUT"], pending: [] },
  ],
  [
    "a destroy knows nothing of what no state holds",
    create,
    { then: ["destroy"], ...protectedNow, isInState: false, effects: ["PUT"], pending: ["creating"] },
  ],
  [
    "an update and then a destroy leave nothing",
    create,
    { then: ["up", "destroy"], ...goneNow, effects: ["PUT", "DELETE"], pending: ["creating"] },
  ],
  [
    "a refresh sees the change",
    update,
    { then: ["refresh"], ...protectedNow, effects: ["PUT"], pending: [] },
  ],
  [
    "a destroy deletes what was being changed",
    update,
    { then: ["destroy"], ...goneNow, effects: ["PUT", "DELETE"], pending: [] },
  ],
  [
    "a refresh sees the deletion",
    deletion,
    { then: ["refresh"], ...goneNow, effects: ["DELETE"], pending: [] },
  ],
  [
    "an update has the deleted instance back",
    deletion,
    {
      then: ["up"],
      ...protectedNow,
      effects: ["DELETE", "POST undelete", "POST resumeProtection"],
      pending: [],
    },
  ],
];

describeRehearsal("another command after an interruption", (rehearsal) => {
  it.each(stories)("%s", async (_title, row, { then, isProtected, isInState = isProtected, ...story }) => {
    const { instanceId, aftermath } = await rehearsal().rehearse({ ...row, then });
    const there = { [instanceId]: "ProtectionConfigured" };
    expect(aftermath).toEqual<Aftermath>({
      ...story,
      errors: [],
      wasLocked: true,
      inService: isProtected ? there : {},
      inState: isInState ? there : {},
    });
  });
});
