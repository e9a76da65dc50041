import type { Measurement } from "./measure";

const titles = ["DATASOURCE", "KIND", "STATE", "SECONDS", "REQUESTS"];

/** One line a measurement below one line of titles, in columns as wide as they need to be. */
export function table(measurements: readonly Measurement[]): string {
  const rows = [
    titles,
    ...measurements.map(({ datasource, kind, state, seconds, requests }) => [
      datasource,
      kind,
      state,
      seconds.toFixed(1),
      String(requests),
    ]),
  ];
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) => row.map((cell, column) => aligned(cell, column, widths[column] ?? 0)).join("  "))
    .join("\n");
}

/** Numbers, the last two columns, stand to the right. */
function aligned(cell: string, column: number, width: number): string {
  return column < 3 ? cell.padEnd(width) : cell.padStart(width);
}
