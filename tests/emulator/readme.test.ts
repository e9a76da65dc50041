import { readFileSync } from "node:fs";
import { join } from "node:path";
import { durationsInMs } from "../../emulator";
import { usage } from "../../cli/emulator/commandLine";
import { commands } from "../../emulator/control/commands";
import { assumedCodes } from "../../emulator/dataProtection/assumedCodes";
import { faultNames } from "../../emulator/faults/fault";

describe("the emulator's README", () => {
  const text = readFileSync(join(__dirname, "../../emulator/README.md"), "utf8");

  it.each([...Object.keys(commands), ...faultNames, ...Object.values(assumedCodes)])("names %s", (name) => {
    expect(text).toContain(`\`${name}\``);
  });

  it.each(Object.entries(durationsInMs))("says how long %s takes", (name, durationInMs) => {
    const row = text.split("\n").find((line) => line.includes(`| \`${name}\``));
    expect(row).toMatch(new RegExp(`\\| +${durationInMs / 1000} s \\|`));
  });

  it("names every option of the command line", () => {
    const options = usage.match(/--[a-z-]+(?= )/g)!.filter((option) => option !== "--help");
    expect(options.length).toBeGreaterThan(3);
    expect(options.filter((option) => !text.includes(`\`${option}`))).toEqual([]);
  });
});
