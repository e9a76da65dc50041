import { parseArgs } from "node:util";
import type { ParseArgsConfig } from "node:util";

/** A mistake on the command line, told in one line. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/**
 * Reads `--name value` and `--name=value`.
 *
 * @throws {@link UsageError}
 */
export function parseOptions<const Known extends Options>(
  words: readonly string[],
  options: Known,
): ReturnType<typeof parseArgs<{ options: Known }>>["values"] {
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    // Node.js goes on for three sentences about positional arguments.
    const [mistake] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(String(mistake).replace(/\.$/, ""), { cause: error });
  }
}

/** What a number may be. */
export interface Bounds {
  minimum: number;
  maximum: number;
  isWhole?: boolean;
}

/**
 * The number that an option was given.
 *
 * @throws {@link UsageError} when it is none, or out of bounds.
 */
export function numberOf(
  option: string,
  text: string,
  { minimum, maximum, isWhole = false }: Bounds,
): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
  if (!(value >= minimum && value <= maximum) || (isWhole && !Number.isInteger(value))) {
    const kind = isWhole ? "a whole number" : "a number";
    throw new UsageError(`${option} needs ${kind} from ${minimum} to ${maximum}, not ${text || "nothing"}`);
  }
  return value;
}
