import { UsageError } from "./options";

/** How results are written: for people, or for programs. */
export type Output = "table" | "json";

/** The options that choose it, for `parseOptions`. */
export const outputOptions = { output: { type: "string", default: "table" } } as const;

/** What `--help` says of it. */
export const outputUsage = "  --output FORMAT       table (default) or json";

/**
 * Reads the option.
 *
 * @throws {@link UsageError}
 */
export function outputOf(given: string): Output {
  if (given !== "table" && given !== "json") {
    throw new UsageError(`--output needs table or json, not ${given || "nothing"}`);
  }
  return given;
}

/** Rows under their headings, in columns as wide as what stands in them. */
export function tableOf(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [headings, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** The same for programs. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, undefined, 2);
}
