import { findPulumiCli } from "./index";

/** Prints the folder whose `bin/pulumi` is the CLI, or an empty line for the one on PATH; progress goes to standard error. */
findPulumiCli().then(
  ({ root }) => console.log(root ?? ""),
  (error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  },
);
