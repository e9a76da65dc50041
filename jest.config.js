/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // google-protobuf, which the Pulumi SDK speaks to its engine with, reads a global of its own after a test file is over.
  testEnvironmentOptions: { globalsCleanup: "off" },
  // Tests with real processes take seconds on a busy machine; none of them measures time.
  testTimeout: 60_000,
  // Most tests wait: for an engine, for a host, for an emulator.
  maxWorkers: "100%",
  reporters: ["default", "<rootDir>/tests/slowestFiles.cjs"],
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "tsconfig.json", diagnostics: false }] },
  coverageProvider: "v8",
};
