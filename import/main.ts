#!/usr/bin/env node
import { UsageError } from "./commandLine";
import { runImport } from "./importCommand";

runImport(process.argv.slice(2), (text) => console.log(text)).catch((error: Error) => {
  const isUsage = error instanceof UsageError;
  console.error(isUsage ? `${error.message}; --help lists the options` : error.message);
  process.exitCode = isUsage ? 2 : 1;
});
