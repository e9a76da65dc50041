import { figuresOf, sweepAll } from "./sweepParent";

it(
  "after any fault at any request a flow ends as without it, or red and recoverable",
  async () => {
    const result = await sweepAll(1);
    process.stdout.write(`${figuresOf(result)}\n`);
    expect(result.failures).toEqual([]);
    expect(result.cases.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    expect(result.cases.length).toBeGreaterThan(3_000);
  },
  60 * 60_000,
);
