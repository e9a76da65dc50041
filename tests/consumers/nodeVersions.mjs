/**
 * Runs the flows on the wire and the consumers with every supported version of Node, all processes under that version, and
 * prints a table. The consumers get the versions of Pulumi's packages that a person with that Node gets today.
 */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

const versions = ["20.20.2", "22.23.3", "24.21.0"];
const suites = { "WIRE FLOWS": "tests/wire/flows.test.ts", CONSUMERS: "tests/consumers/consumers.test.ts" };

const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const jest = path.join(
  path.dirname(createRequire(import.meta.url).resolve("jest/package.json")),
  "bin/jest.js",
);

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "node-versions-"));
try {
  const rows = binaries(folder).map(({ version, binFolder }) => tested(version, binFolder));
  process.stdout.write(`\n${table([["NODE", "PULUMI SDK", ...Object.keys(suites), "SECONDS"], ...rows])}\n`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Gets the versions, which are packages of npm. */
function binaries(target) {
  const packageName = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const wanted = versions.map((version) => `node-${version}@npm:${packageName}@${version}`);
  const npmArguments = ["install", "--prefix", target, "--no-audit", "--no-fund", "--prefer-offline"];
  run("npm", [...npmArguments, ...wanted], { stdio: "inherit", shell: process.platform === "win32" });
  return versions.map((version) => ({
    version,
    binFolder: path.join(target, "node_modules", `node-${version}`, "bin"),
  }));
}

/** The row of one version: its suites with passed and all tests, skipped ones left out. */
function tested(version, binFolder) {
  const report = path.join(folder, `${version}.json`);
  const startedAt = Date.now();
  const { stdout } = spawnSync(
    path.join(binFolder, "node"),
    [jest, "--json", `--outputFile=${report}`, ...Object.values(suites)],
    {
      cwd: repository,
      encoding: "utf8",
      env: {
        ...process.env,
        CONSUMER_VERSIONS: "latest",
        PATH: [binFolder, process.env.PATH].join(path.delimiter),
      },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const sdkVersion = /@pulumi\/pulumi (\S+),/.exec(stdout)?.[1] ?? "none";
  const { success, testResults } = JSON.parse(fs.readFileSync(report, "utf8"));
  process.exitCode ||= success ? 0 : 1;
  return [
    version,
    sdkVersion,
    ...Object.values(suites).map((suite) => score(testResults, suite)),
    `${seconds}`,
  ];
}

function score(testResults, suite) {
  const { assertionResults } = testResults.find(({ name }) => name.endsWith(path.normalize(suite)));
  const ran = assertionResults.filter(({ status }) => status === "passed" || status === "failed");
  return `${ran.filter(({ status }) => status === "passed").length} of ${ran.length}`;
}

function run(command, commandArguments, options) {
  const { status, error } = spawnSync(command, commandArguments, options);
  if (status !== 0) {
    throw new Error(`${command} ${commandArguments[0]}: ${error?.message ?? `exit code ${status}`}`);
  }
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
