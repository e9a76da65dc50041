import type { ArmResponse } from "../azure/http/armClient";
import { NoAnswerError } from "../azure/http/errors";
import { correlationIdIn } from "../azure/http/tracing";

/** What is wrong with a value, with the path to it; `undefined` when nothing is. */
type Problem = string | undefined;
export type Shape = (value: unknown, path: string) => Problem;

/** A text, which may be empty. */
export const text: Shape = (value, path) => (typeof value === "string" ? undefined : `${path} is no text`);

/** The service answers some of what was never set with null, as with `dataSourceSetInfo` in the recordings. */
export const optional =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined || value === null ? undefined : shape(value, path);

export const listOf =
  (shape: Shape): Shape =>
  (value, path) =>
    Array.isArray(value)
      ? firstProblem(value.map((item, index) => () => shape(item, `${path}[${index}]`)))
      : `${path} is no list`;

/** Parts that are not named here may be anything. */
export const object =
  (parts: Record<string, Shape>): Shape =>
  (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return `${path} is no object`;
    }
    const own = new Map(Object.entries(value));
    return firstProblem(
      Object.entries(parts).map(
        ([name, shape]) =>
          () =>
            shape(own.get(name), `${path}.${name}`),
      ),
    );
  };

function firstProblem(checks: (() => Problem)[]): Problem {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) {
      return problem;
    }
  }
  return undefined;
}

/**
 * Reads an answer of this shape.
 *
 * @param name - What it is, for the error: `the instance`.
 * @throws {@link NoAnswerError} when the answer is something else.
 */
export function read<Thing>(answer: ArmResponse, method: string, name: string, shape: Shape): Thing {
  const problem = shape(answer.body, name);
  if (problem !== undefined) {
    const isEmpty = answer.body === undefined;
    throw nonsense(
      answer,
      method,
      isEmpty ? "without a body" : `with something else than ${name}: ${problem}`,
    );
  }
  return answer.body as Thing;
}

/** Says what was wrong with an answer that can mean nothing. */
export function nonsense(
  { headers, statusCode, url }: ArmResponse,
  method: string,
  wrong: string,
): NoAnswerError {
  const asked = { method, path: new URL(url).pathname };
  return new NoAnswerError(asked, `the service answered ${statusCode} ${wrong}`, correlationIdIn(headers));
}
