import type { Ending } from "./programRun";

/** What is so at one moment: at the service, and in state. */
export interface View {
  /** The instances that the vault holds, soft-deleted ones too, in lower case. */
  ids: string[];
  /** The protection state of the live one. */
  state: string | undefined;
  policyId?: string | undefined;
  isKept: boolean;
  keptState?: string | undefined;
  isUnfinished?: boolean | undefined;
  /** State as text. */
  text?: string;
}

/** What a case has shown. */
export interface Evidence {
  withFault: Ending;
  /** Right after the run with the fault. */
  seen: View;
  /** How the run after it ended; `undefined` when none was needed. */
  next: Ending | undefined;
  last: View;
  /** What the flow leads to without faults. */
  expected: View;
  /** Whether the fault is one that must not be noticed. */
  mustEndWell: boolean;
}

/** What holds after every fault; each law gives what breaks it. */
const laws: Record<string, (evidence: Evidence) => boolean> = {
  "a fault that goes by is not noticed": ({ withFault, mustEndWell }) => !mustEndWell || withFault.isGreen,
  "nothing crashes": ({ withFault, next }) =>
    [withFault, next].every((ending) => !/^crashed: /.test(messageIn(ending))),
  "never a second instance": ({ seen, last }) => seen.ids.length <= 1 && last.ids.length <= 1,
  "never an orphan: what the service holds, state holds": ({ seen, expected }) =>
    !seen.ids.some((id) => id.includes("/backupinstances/")) || seen.isKept || !expected.isKept,
  "green only with what it promises, unless nobody could look and a warning says so": ({
    withFault,
    seen,
    expected,
  }) =>
    !withFault.isGreen ||
    isSame(seen, expected) ||
    withFault.warnings.some((text) => couldNotLook.test(text)),
  "an error says what was being done to what": ({ withFault, next }) =>
    [withFault, next].every((ending) => ending === undefined || ending.isGreen || isTelling(ending.message)),
  "the next run puts it right": ({ next, last, expected }) =>
    next === undefined || (next.isGreen && isSame(last, expected)),
  "no secret in errors and state": ({ withFault, next, seen, last }) =>
    ![messageIn(withFault), messageIn(next), seen.text ?? "", last.text ?? ""].some((text) =>
      secret.test(text),
    ),
};

/** It names a resource or an address, and is not an error of the language. */
function isTelling(message: string): boolean {
  return (
    /\/subscriptions\/|https:\/\//.test(message) &&
    !/undefined|Cannot read|not a function|\[object/.test(message)
  );
}

/** What previews and updates of unchanged programs say when the service cannot be reached (issue 4.6: no failure). */
const couldNotLook = /^could not look at the live state of (backup instances|this backup instance)/;

/** A token, a signature of an operation's URL, or the emulator's client secret. */
const secret = /eyJ[\w-]{10,}|[?&][csh]=|client_secret/;

export function breachesOf(evidence: Evidence): string[] {
  return Object.entries(laws)
    .filter(([, holds]) => !holds(evidence))
    .map(
      ([law]) =>
        `${law}: ${JSON.stringify({ ...evidence, seen: short(evidence.seen), last: short(evidence.last) })}`,
    );
}

/** Whether both show the same to people; what else stands in state may differ. */
export function isSame(one: View, other: View): boolean {
  return JSON.stringify({ ...one, text: "" }) === JSON.stringify({ ...other, text: "" });
}

function short(view: View): View {
  return { ...view, text: "" };
}

function messageIn(ending: Ending | undefined): string {
  return ending === undefined || ending.isGreen ? "" : ending.message;
}
