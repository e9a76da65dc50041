import { UsageError } from "../../cli/options";
import { parseCommandLine } from "../../cli/emulator/commandLine";

describe("the command line", () => {
  it("has defaults, and takes what it is given", () => {
    expect(parseCommandLine([])).toEqual({
      port: 0,
      speed: 1,
      idleTimeoutInMinutes: 240,
      enforceThrottling: false,
    });
    const words = ["--port", "8443", "--speed=2.5", "--state-file", "s.json", "--enforce-throttling"];
    expect(parseCommandLine(words)).toEqual({
      port: 8443,
      speed: 2.5,
      idleTimeoutInMinutes: 240,
      stateFile: "s.json",
      enforceThrottling: true,
    });
    expect(parseCommandLine([...words, "--help"])).toBe("help");
  });

  it.each([
    [["--speed"], "Option '--speed <value>' argument missing"],
    [["--speed="], "--speed needs a number from 1 to 1000000, not nothing"],
    [["--speed", "0"], "--speed needs a number from 1 to 1000000, not 0"],
    [["--speed", "fast"], "--speed needs a number from 1 to 1000000, not fast"],
    [["--port", "1.5"], "--port needs a whole number from 0 to 65535, not 1.5"],
    [["--port", "70000"], "--port needs a whole number from 0 to 65535, not 70000"],
    [["--state-file"], "Option '--state-file <value>' argument missing"],
    [["--state-file="], "--state-file needs a file"],
    [["--folder="], "--folder needs a folder"],
    [["--verbose"], "Unknown option '--verbose'"],
    [["extra"], "Unexpected argument 'extra'"],
    [["--toString"], "Unknown option '--toString'"],
  ])("refuses %j in one line", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});
