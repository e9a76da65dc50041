const path = require("node:path");

const count = 10;

/** A reporter for Jest that says at the end which test files took longest. */
module.exports = class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    const files = testResults
      .map(({ testFilePath, perfStats: { start, end } }) => ({
        file: testFilePath,
        seconds: (end - start) / 1_000,
      }))
      .sort((one, other) => other.seconds - one.seconds)
      .slice(0, count);
    if (files.length === count) {
      const lines = files.map(
        ({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${path.relative(process.cwd(), file)}`,
      );
      process.stdout.write(`\nThe ${count} slowest files:\n${lines.join("\n")}\n`);
    }
  }
};
