import { parseCommandLine } from "../../bench/commandLine";

describe("the bench's command line", () => {
  it("has defaults, and takes what it is given", () => {
    expect(parseCommandLine([])).toEqual({
      sizes: [1, 20, 100, 500],
      factor: 1,
      rounds: 3,
      output: "bench-results",
      help: false,
    });
    const words = [
      "--sizes=1,20",
      "--factor",
      "2.5",
      "--parallel",
      "8",
      "--rounds=0",
      "--output",
      "figures",
      "--help",
    ];
    expect(parseCommandLine(words)).toEqual({
      sizes: [1, 20],
      factor: 2.5,
      parallel: 8,
      rounds: 0,
      output: "figures",
      help: true,
    });
  });

  it.each([
    [["--sizes"], "--sizes takes whole numbers from 1 to 500, not nothing."],
    [["--sizes", "1,,20"], "--sizes takes whole numbers from 1 to 500, not nothing."],
    [["--sizes", "501"], "--sizes takes whole numbers from 1 to 500, not 501."],
    [["--sizes", "1,2,3,4,5,6,7"], "--sizes takes at most 6 sizes, not 7."],
    [["--factor", "0.5"], "--factor takes numbers from 1 to 10, not 0.5."],
    [["--factor", "fast"], "--factor takes numbers from 1 to 10, not fast."],
    [["--parallel", "1.5"], "--parallel takes whole numbers from 1 to 1000, not 1.5."],
    [["--rounds", "10"], "--rounds takes whole numbers from 0 to 9, not 10."],
    [["--output"], "--output needs a folder."],
    [["--quiet"], "Unknown option --quiet; --help lists the options."],
    [["extra"], "Unknown option extra; --help lists the options."],
  ])("refuses %j in one line", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});
