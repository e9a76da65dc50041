import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createCertificate } from "../../emulator";
import { flows } from "./flows";
import type { CaseReport } from "./sweep";
import type { SweepNews, SweepOrder } from "./sweepProcess";

/** What came out of a sweep. */
export interface SweepResult {
  cases: CaseReport[];
  /** The number of requests of each flow. */
  requestCounts: Record<string, number>;
  /** What went wrong besides cases: a process that ended early, a rejection that nobody handled. */
  failures: string[];
}

const mostProcesses = 2;

/**
 * Sweeps all flows, in processes of their own.
 *
 * @param stride - Every how many-th case is run; 1 for all. Each flow begins with another one.
 */
export async function sweepAll(stride: number): Promise<SweepResult> {
  const folder = mkdtempSync(path.join(tmpdir(), "fault-sweep-"));
  try {
    const certificate = createCertificate(folder);
    const result: SweepResult = { cases: [], requestCounts: {}, failures: [] };
    const waiting = flows.map(({ name }, index) => ({
      certificate,
      flowName: name,
      stride,
      offset: index * 5,
    }));
    const work = async (): Promise<void> => {
      for (let order = waiting.shift(); order !== undefined; order = waiting.shift()) {
        await sweepFlow(order, result);
      }
    };
    await Promise.all(Array.from({ length: mostProcesses }, work));
    return result;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function sweepFlow(order: SweepOrder, result: SweepResult): Promise<void> {
  const child = fork(path.join(__dirname, "sweepProcess.ts"), [], {
    execArgv: ["--require", path.join(__dirname, "typescriptHook.js")],
    env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: order.certificate.file },
  });
  child.on("message", (news: SweepNews) => {
    if ("case" in news) {
      result.cases.push(news.case);
    } else if ("requests" in news) {
      result.requestCounts[order.flowName] = news.requests.length;
    } else {
      result.failures.push(`${order.flowName}: ${news.failure}`);
    }
  });
  child.send(order);
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  if (code !== 0) {
    result.failures.push(`${order.flowName}: the process ended with ${code}`);
  }
}

/** The figures of a sweep, for people. */
export function figuresOf({ cases, requestCounts }: SweepResult): string {
  const requests = Object.values(requestCounts).reduce((sum, count) => sum + count, 0);
  const faultCount = new Set(cases.map(({ fault, times }) => `${fault} ${times}`)).size;
  const lines = [
    `fault sweep: ${Object.keys(requestCounts).length} flows with ${requests} requests x ${faultCount} faults, ` +
      `${cases.length} cases: ${countByEnding(cases)}; ${cases.filter(({ breaches }) => breaches.length > 0).length} failures`,
  ];
  for (const [flow, count] of Object.entries(requestCounts)) {
    const ofFlow = cases.filter((one) => one.flow === flow);
    lines.push(`  ${flow}, ${count} requests, ${ofFlow.length} cases: ${countByEnding(ofFlow)}`);
  }
  return lines.join("\n");
}

function countByEnding(cases: readonly CaseReport[]): string {
  const endings = [...new Set(cases.map(({ ending }) => ending))].toSorted();
  return endings
    .map((ending) => `${cases.filter((one) => one.ending === ending).length} ${ending}`)
    .join(", ");
}
