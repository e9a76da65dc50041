/** What each client saw, a column a client. */
export class Table {
  private readonly columns: { name: string; cells: string[] }[] = [];

  constructor(private readonly steps: string[]) {}

  add(name: string, outcomes: Record<string, string>, requests: number): void {
    const cells = this.steps.map((step) => outcomes[step] ?? "-");
    this.columns.push({ name, cells: [...cells, String(requests)] });
  }

  skip(name: string, reason: string): void {
    const cells = this.steps.map(() => "-");
    this.columns.push({ name: `${name} (skipped: ${reason})`, cells: [...cells, "-"] });
  }

  toString(): string {
    const columns = [{ name: "step", cells: [...this.steps, "requests"] }, ...this.columns];
    const texts = columns.map(({ name, cells }) => [name, ...cells]);
    const widths = texts.map((column) => Math.max(...column.map((text) => text.length)));
    const rows = texts[0]!.map((_text, row) =>
      texts
        .map((column, index) => column[row]!.padEnd(widths[index]!))
        .join("  ")
        .trimEnd(),
    );
    return rows.join("\n");
  }
}
