import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { table } from "../demo/table";
import type { Figures } from "./bench";
import type { RequestKind } from "./evidence";
import type { IdleFigures } from "./idle";
import { plot } from "./plot";
import type { ProtectionFigures } from "./protection";

/** All figures for the screen. */
export function report({ factor, processorCount, protection, idle, state }: Figures): string {
  const pace = factor === 1 ? "at its own pace" : `its time ${factor} times as fast as the machine's`;
  const parts = [
    `Until all were protected, the service ${pace}, ${processorCount} processors:\n\n${protectionTable(protection)}`,
    `Requests an instance:\n\n${requestTable(protection)}`,
    `Processes:\n\n${processTable(protection)}`,
    ...(idle.length > 0 ? [`Nothing to do:\n\n${idleTable(idle)}`] : []),
    ...(state
      ? [
          `In state, an instance has ${state.entryInBytes} bytes, ${state.providerTextInBytes} of provider text.`,
        ]
      : []),
  ];
  return parts.join("\n\n");
}

/** Writes the figures as JSON and the plot, and gives the files. */
export function write(figures: Figures, folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const contents = {
    "figures.json": `${JSON.stringify(figures, undefined, 1)}\n`,
    "timeline.svg": plot(figures),
  };
  return Object.entries(contents).map(([name, content]) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  });
}

/** The table of how long it took until all were protected; times are the service's. */
function protectionTable(runs: readonly ProtectionFigures[]): string {
  const titles = [
    "DISKS",
    "ROLES",
    "PARALLEL",
    "SHORTEST s",
    "MEASURED s",
    "RATIO",
    "LAG s MEDIAN",
    "WORST",
    "429s",
  ];
  return table(
    titles,
    runs.map((run) => [
      String(run.instanceCount),
      run.assignsRoles ? "assigned by the update" : "there before",
      parallelOf(run),
      inSeconds(run.shortestInMs),
      inSeconds(run.measuredInMs),
      run.ratio.toFixed(3),
      inSeconds(run.lagInMs.median),
      inSeconds(run.lagInMs.worst),
      String(run.refusedByBuckets),
    ]),
  );
}

const parallelOf = ({ parallel }: ProtectionFigures): string => String(parallel ?? "default");

const requestKinds: readonly RequestKind[] = [
  "validate",
  "look at validation",
  "PUT",
  "look at PUT",
  "look at instance",
  "list vault",
  "sign-in",
  "role assignment",
  "other",
];

/** The table of requests for each instance. */
function requestTable(runs: readonly ProtectionFigures[]): string {
  return table(
    ["DISKS", "ROLES", "ALL", ...requestKinds.map((kind) => kind.toUpperCase())],
    runs.map(({ instanceCount, assignsRoles, requestsPerInstance }) => {
      const counts = requestKinds.map((kind) => requestsPerInstance[kind] ?? 0);
      const all = counts.reduce((sum, count) => sum + count, 0);
      return [
        String(instanceCount),
        assignsRoles ? "assigned by the update" : "there before",
        ...[all, ...counts].map((count) => count.toFixed(2)),
      ];
    }),
  );
}

/** The table of what the processes did; times are the machine's. */
function processTable(runs: readonly ProtectionFigures[]): string {
  return table(
    [
      "DISKS",
      "HOST LISTENS ms",
      "FIRST REQUEST ms",
      "OURS OF IT ms",
      "HOST PEAK MB",
      "SERVICE BUSY %",
      "STALL ms",
    ],
    runs.map(({ instanceCount, host, serviceLoad }) => {
      const { listeningInMachineMs, firstRequestInMachineMs, peakMemoryInBytes } = host;
      return [
        String(instanceCount),
        listeningInMachineMs.toFixed(0),
        firstRequestInMachineMs?.toFixed(0) ?? "-",
        firstRequestInMachineMs ? (firstRequestInMachineMs - listeningInMachineMs).toFixed(0) : "-",
        (peakMemoryInBytes / 2 ** 20).toFixed(0),
        (100 * serviceLoad.busyShare).toFixed(0),
        serviceLoad.longestStallInMachineMs.toFixed(0),
      ];
    }),
  );
}

function idleTable(idle: readonly IdleFigures[]): string {
  return table(
    ["COMMAND", "OURS s", "TRIVIAL s", "RATIO", "REQUESTS"],
    idle.map(({ command, oursInMachineMs, trivialInMachineMs, ratio, requests }) => [
      command,
      inSeconds(oursInMachineMs),
      inSeconds(trivialInMachineMs),
      ratio.toFixed(3),
      requests.toFixed(1),
    ]),
  );
}

const inSeconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);
