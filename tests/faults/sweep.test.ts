import { figuresOf, sweepAll } from "./sweepParent";

/** Which share of all cases runs here; `npm run test:faults` runs all of them. */
const stride = 37;

it(
  "after any fault at any request a flow ends as without it, or red and recoverable (a slice of the sweep)",
  async () => {
    const result = await sweepAll(stride);
    process.stdout.write(`${figuresOf(result)}\n(every ${stride}th case; all: npm run test:faults)\n`);
    expect(result.failures).toEqual([]);
    expect(result.cases.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    expect(result.cases.length).toBeGreaterThan(50);
  },
  10 * 60_000,
);
