import { UsageError } from "../../../cli/options";
import { parseCommandLine } from "../../../tools/bench/commandLine";

describe("the bench's command line", () => {
  it("has defaults, and takes what it is given", () => {
    expect(parseCommandLine([])).toEqual({
      sizes: [1, 20, 100, 500],
      factor: 1,
      rounds: 3,
      output: "bench-results",
    });
    const words = ["--sizes=1,20", "--factor", "2.5", "--parallel", "8", "--rounds=0", "--output", "figures"];
    expect(parseCommandLine(words)).toEqual({
      sizes: [1, 20],
      factor: 2.5,
      parallel: 8,
      rounds: 0,
      output: "figures",
    });
    expect(parseCommandLine([...words, "--help"])).toBe("help");
  });

  it.each([
    [["--sizes"], "Option '--sizes <value>' argument missing"],
    [["--sizes", "1,,20"], "--sizes needs a whole number from 1 to 500, not nothing"],
    [["--sizes", "501"], "--sizes needs a whole number from 1 to 500, not 501"],
    [["--sizes", "1,2,3,4,5,6,7"], "--sizes takes at most 6 sizes, not 7"],
    [["--factor", "0.5"], "--factor needs a number from 1 to 10, not 0.5"],
    [["--factor", "fast"], "--factor needs a number from 1 to 10, not fast"],
    [["--parallel", "1.5"], "--parallel needs a whole number from 1 to 1000, not 1.5"],
    [["--rounds", "10"], "--rounds needs a whole number from 0 to 9, not 10"],
    [["--output="], "--output needs a folder"],
    [["--quiet"], "Unknown option '--quiet'"],
    [["extra"], "Unexpected argument 'extra'"],
  ])("refuses %j in one line", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});
