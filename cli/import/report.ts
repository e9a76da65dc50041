import * as path from "node:path";
import { kindOf } from "../../provider/dataProtection/datasourceKinds";
import { describeDeletion } from "../../provider/instance/recovery";
import type { ImportedInstance, SkippedInstance } from "./candidate";
import { howToRecover } from "./candidate";
import type { CommandLine } from "./commandLine";
import type { VaultContents } from "./vaultContents";

/** What became of the instances of a vault. */
export interface Outcome {
  imported: ImportedInstance[];
  skipped: SkippedInstance[];
  softDeleted: VaultContents["softDeleted"];
}

/** What was found, for people: a line an instance. */
export function describeOutcome({ imported, skipped, softDeleted }: Outcome): string {
  const lines = [
    ...imported.map(
      ({ logicalName, outputs: { datasource, protectionState } }) =>
        `${logicalName}: ${kindOf(datasource).resourceId(datasource)} (${protectionState})`,
    ),
    ...imported.flatMap(({ logicalName, warnings }) =>
      warnings.map((warning) => `warning: ${logicalName}: ${warning}`),
    ),
    ...skipped.map(({ instanceName, reason }) => `not imported: ${instanceName}: ${reason}`),
    ...softDeleted.map(
      (instance) =>
        `not imported: ${instance.name}: it is soft-deleted (${describeDeletion(instance)}); ${howToRecover}`,
    ),
  ];
  return lines.join("\n");
}

/** What to do now, with the commands to copy. */
export function describeNextSteps({ importFile, programFile }: CommandLine, count: number): string {
  const moduleName = path.basename(programFile).replace(/\.[cm]?ts$/, "");
  return [
    `Wrote ${count} of them to ${importFile} and ${programFile}. Now, in the folder of the Pulumi program:`,
    `  1. pulumi import -f ${quoted(importFile)} --generate-code=false --protect=false --yes`,
    "     (with Pulumi CLI 3.254.0 or newer)",
    `  2. make ${programFile} part of the program, as in: import "./${moduleName}";`,
    "  3. pulumi up",
    "     (changes nothing but what a warning above tells)",
  ].join("\n");
}

function quoted(file: string): string {
  return /^[\w./\\:-]+$/.test(file) ? file : `"${file}"`;
}
