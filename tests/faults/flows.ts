import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runImport } from "../../cli/import/importCommand";
import type { Site, SiteOptions } from "../scenarios/site";
import type { Ending, ProgramRun } from "./programRun";

/** Something that people do, whose every request is made to go wrong. */
export interface Flow {
  name: string;
  place?: SiteOptions;
  /** What the program declares at the end. */
  declares: (site: Site) => object;
  /** Brings the situation about in which the flow begins. */
  before?: (program: ProgramRun, site: Site) => Promise<void>;
  run: (program: ProgramRun, site: Site) => Promise<Ending>;
}

const disk = (site: Site): object => site.diskBackup();
const otherPolicy = (site: Site): object => site.diskBackup({ policyId: site.policyId("disk-four-hourly") });
const vaultedBlob = (site: Site): object => site.blobBackup(["invoices"]);

const up =
  (declares: Flow["declares"]): Flow["run"] =>
  async (program, site) =>
    program.up(declares(site));

async function protectDisk(program: ProgramRun, site: Site): Promise<void> {
  await mustBeGreen(program.up(disk(site)));
}

async function protectAndBreak(program: ProgramRun, site: Site): Promise<void> {
  await protectDisk(program, site);
  site.control.breakProtection(site.instanceId);
}

async function protectAndStop(program: ProgramRun, site: Site): Promise<void> {
  await protectDisk(program, site);
  site.control.stopProtection(site.instanceId);
}

async function protectAndDelete(program: ProgramRun, site: Site): Promise<void> {
  await protectDisk(program, site);
  await mustBeGreen(program.destroy());
}

/** Deletes what state holds, if it holds anything: what a second `pulumi destroy` does. */
async function destroy(program: ProgramRun): Promise<Ending> {
  return program.kept === undefined ? { isGreen: true, warnings: [] } : program.destroy();
}

export const flows: readonly Flow[] = [
  { name: "create disk", declares: disk, run: up(disk) },
  { name: "create vaulted blob", declares: vaultedBlob, run: up(vaultedBlob) },
  {
    name: "create disk, its vault's region unknown",
    declares: (site) => withoutLocation(site),
    run: up((site) => withoutLocation(site)),
  },
  { name: "update policy", declares: otherPolicy, before: protectDisk, run: up(otherPolicy) },
  {
    name: "repair",
    declares: disk,
    before: protectAndBreak,
    run: up(disk),
  },
  {
    name: "resume",
    declares: disk,
    before: protectAndStop,
    run: up(disk),
  },
  { name: "delete", declares: disk, before: protectDisk, run: destroy },
  { name: "delete softly", place: { softDelete: "On" }, declares: disk, before: protectDisk, run: destroy },
  {
    name: "recover soft-deleted",
    place: { softDelete: "On" },
    declares: disk,
    before: protectAndDelete,
    run: up(disk),
  },
  { name: "preview of create", declares: disk, run: async (program, site) => program.preview(disk(site)) },
  { name: "refresh", declares: disk, before: protectDisk, run: async (program) => program.refresh() },
  { name: "import command", declares: disk, before: protectDisk, run: async (_, site) => importVault(site) },
];

function withoutLocation(site: Site): object {
  const { datasource, ...rest } = site.diskBackup() as { datasource: object };
  return { ...rest, datasource: { ...datasource, location: undefined } };
}

async function mustBeGreen(operation: Promise<Ending>): Promise<void> {
  const ending = await operation;
  if (!ending.isGreen) {
    throw new Error(`the situation could not be brought about: ${ending.message}`);
  }
}

/** The real command; green only with both files complete, red only with neither. */
async function importVault(site: Site): Promise<Ending> {
  const folder = mkdtempSync(path.join(tmpdir(), "import-"));
  const [importFile, programFile] = ["import.json", "imported.ts"].map((name) => path.join(folder, name));
  const words = ["--vault-id", site.vaultId, "--out", importFile ?? "", "--program", programFile ?? ""];
  try {
    await runImport(words, () => undefined);
    const { resources } = JSON.parse(readFileSync(importFile ?? "", "utf8")) as {
      resources: { id: string }[];
    };
    const isWhole = resources.some(({ id }) => id === site.instanceId) && existsSync(programFile ?? "");
    return isWhole
      ? { isGreen: true, warnings: [] }
      : { isGreen: false, message: "the import lacks the instance", warnings: [] };
  } catch (error) {
    const leftovers = [importFile, programFile].filter((file) => existsSync(file ?? ""));
    const message = `${(error as Error).message}${leftovers.length > 0 ? ` but wrote ${leftovers.join()}` : ""}`;
    return { isGreen: false, message, warnings: [] };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
