import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Where an emulator keeps its certificate and its request log. */
export interface Folder {
  path: string;
  /** Removes it, unless it was given. */
  discard(): void;
}

/** The given folder, made if it is not there, or a temporary one. */
export function openFolder(given: string | undefined): Folder {
  if (given !== undefined) {
    mkdirSync(given, { recursive: true });
    return { path: given, discard: () => undefined };
  }
  const path = mkdtempSync(join(tmpdir(), "azure-backup-emulator-"));
  return { path, discard: () => rmSync(path, { recursive: true, force: true }) };
}
