/** One line a row below one line of titles, in columns as wide as they need to be; columns of numbers stand to the right. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = titles.map((title, column) => {
    const cells = rows.map((row) => row[column] ?? "");
    const width = Math.max(title.length, ...cells.map((cell) => cell.length));
    const isOfNumbers = cells.every((cell) => /^[-+]?\d|^$|^-$/.test(cell));
    return (cell: string): string => (isOfNumbers ? cell.padStart(width) : cell.padEnd(width));
  });
  return [titles, ...rows]
    .map((row) =>
      columns
        .map((aligned, column) => aligned(row[column] ?? ""))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
