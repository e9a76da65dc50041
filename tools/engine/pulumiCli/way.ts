import type { Machine } from "./machine";

/** A CLI that was run and said its version. */
export interface FoundCli {
  /** The folder that holds `bin/pulumi`; absent for the CLI on PATH. */
  root?: string;
  /** Without the leading "v". */
  version: string;
}

/** What every way gets. */
export interface WayContext {
  machine: Machine;
  /** See `cacheFolderOf`. */
  cacheFolder: string;
  /** Tells the person who waits one line. */
  report: (line: string) => void;
}

/** One way to a CLI. */
export interface Way {
  /** What the way is called in messages. */
  name: string;
  /** Finds or makes the CLI; rejects with the reason, in one line, when it cannot. */
  find(context: WayContext): Promise<FoundCli>;
}
