import type { Emulator, Exchange } from "../../emulator";
import { Site } from "../scenarios/site";
import type { Estate } from "../wire/estate";
import { signIn } from "../wire/signIn";
import { storyOf } from "../wire/stage";
import type { RequestFault, Times } from "./faults";
import type { Flow } from "./flows";
import type { Ending } from "./programRun";
import { ProgramRun } from "./programRun";
import type { View } from "./laws";
import { breachesOf, isSame } from "./laws";
import type { VirtualTime } from "./virtualTime";

/** How a case ended: as if nothing had happened, or not, and then the next run put it right. */
export type CaseEnding =
  "as without the fault" | "red, then put right" | "warned that nobody could look, then put right";

/** One fault at one request of one flow. */
export interface CaseReport {
  flow: string;
  /** The request, counted from 1, and what it was for. */
  request: string;
  fault: string;
  times: Times;
  ending: CaseEnding;
  /** What was promised and not kept; empty if all is well. */
  breaches: string[];
  /** The first error, if there was one. */
  message?: string;
}

/** The emulator in virtual time, with all that happens on it. */
export interface SweepStage {
  emulator: Emulator;
  estate: Estate;
  time: VirtualTime;
  /** Called after each request that the emulator has got. */
  listen: (listener: (exchange: Exchange) => void) => void;
}

const apiVersion = "2025-07-01";
const untilRolesCountInMs = 60_000;

/** The cases of one flow, each on the same place, which is put back before it. */
export class FlowSweep {
  #program = new ProgramRun();

  private constructor(
    private readonly stage: SweepStage,
    private readonly flow: Flow,
    private readonly site: Site,
    /** What each request of the flow is for, token requests included, as a run without faults showed. */
    readonly requests: string[],
    private readonly expected: View,
  ) {}

  /** Learns what the flow asks and where it ends, by a run without faults. */
  static async open(stage: SweepStage, flow: Flow, name: string): Promise<FlowSweep> {
    const site = await Site.build(stage, name, flow.place);
    stage.emulator.control.advance(untilRolesCountInMs);
    const requests: string[] = [];
    const learning = new FlowSweep(stage, flow, site, requests, { ids: [], state: undefined, isKept: false });
    await learning.#begin();
    stage.listen((exchange) => requests.push(purposeOf(exchange)));
    const ending = await stage.time.run(flow.run(learning.#program, site));
    stage.listen(() => undefined);
    if (!ending.isGreen) {
      throw new Error(`${flow.name} does not even end well without faults: ${ending.message}`);
    }
    return new FlowSweep(stage, flow, site, requests, await learning.#look());
  }

  /** Runs the flow with a fault at its k-th request, counted from 1, and, if it ended red, what people do next. */
  async run(k: number, fault: RequestFault, times: Times): Promise<CaseReport> {
    const { flow, site, stage, expected } = this;
    await this.#begin();
    const withFault = await this.#runWithFault(k, fault, times);
    const seen = await this.#look();
    const isSettled = withFault.isGreen && isSame(seen, expected);
    const next = isSettled ? undefined : await stage.time.run(flow.run(this.#program, site)).catch(crashed);
    const purpose = this.requests[k - 1] ?? "";
    const mustEndWell = times === "once" && isHarmlessAt(purpose, fault);
    const evidence = { withFault, seen, next, last: await this.#look(), expected, mustEndWell };
    return {
      flow: flow.name,
      request: `${k} ${purpose}`,
      fault: fault.name,
      times,
      ending: endingOf(withFault, isSettled),
      breaches: breachesOf(evidence),
      ...(withFault.isGreen ? {} : { message: withFault.message }),
    };
  }

  async #begin(): Promise<void> {
    const { stage, site, flow } = this;
    const { control } = stage.emulator;
    control.clearFaults();
    const left = stage.emulator.remainingResourceIds().filter((id) => isInstanceOf(site, id));
    left.forEach((id) =>
      control.removeInstance(id.replace(/\/deletedBackupInstances\//i, "/backupInstances/")),
    );
    this.#program = new ProgramRun();
    await stage.time.run(flow.before?.(this.#program, site) ?? Promise.resolve());
  }

  async #runWithFault(k: number, { fault }: RequestFault, times: Times): Promise<Ending> {
    const { stage, flow, site } = this;
    const { emulator, time } = stage;
    const count = times === "once" ? 1 : Infinity;
    if (fault === "connectionRefused") {
      this.#refuseConnections(k, times);
    } else {
      emulator.control.injectFault({ occurrence: k, times: count, fault: fault(time.now(), times) });
    }
    try {
      return await time.run(flow.run(this.#program, site));
    } catch (error) {
      return crashed(error);
    } finally {
      time.onNetworkError(() => undefined);
      stage.listen(() => undefined);
      emulator.control.clearFaults();
      await this.#goOnline();
    }
  }

  /** The server goes down with the answer before the k-th request, and comes back once a connection was refused. */
  #refuseConnections(k: number, times: Times): void {
    const { emulator, time, listen } = this.stage;
    let answered = 0;
    const downAfter = (count: number): void => {
      if (count === k - 1) {
        this.#isOffline = true;
        emulator.goOffline();
      }
    };
    downAfter(answered);
    listen(() => downAfter(++answered));
    if (times === "once") {
      time.onNetworkError(() => void this.#goOnline());
    }
  }

  #isOffline = false;

  async #goOnline(): Promise<void> {
    if (this.#isOffline) {
      this.#isOffline = false;
      await this.stage.emulator.goOnline();
    }
  }

  /** What is so now, as somebody else sees it. */
  async #look(): Promise<View> {
    const { stage, site } = this;
    const ids = stage.emulator.remainingResourceIds().filter((id) => isInstanceOf(site, id));
    const live = ids.find((id) => /\/backupInstances\//i.test(id));
    const http = await signIn(stage.emulator);
    const answer =
      live === undefined
        ? undefined
        : await http.get<{ properties: object }>(live, { params: { "api-version": apiVersion } });
    const { currentProtectionState, policyInfo } = (answer?.data.properties ?? {}) as Record<string, unknown>;
    const { kept } = this.#program;
    return {
      ids: ids.map((id) => id.toLowerCase()).toSorted(),
      state: currentProtectionState as string | undefined,
      policyId: (policyInfo as { policyId?: string } | undefined)?.policyId,
      isKept: kept !== undefined,
      keptState: kept?.outputs.protectionState as string | undefined,
      isUnfinished: kept?.isUnfinished,
      text: JSON.stringify(kept ?? null),
    };
  }
}

function endingOf(withFault: Ending, isSettled: boolean): CaseEnding {
  if (isSettled) {
    return "as without the fault";
  }
  return withFault.isGreen ? "warned that nobody could look, then put right" : "red, then put right";
}

function isInstanceOf({ vaultId }: Site, id: string): boolean {
  return new RegExp(`^${vaultId}/(deleted)?backupInstances/`, "i").test(id);
}

function isHarmlessAt(purpose: string, fault: RequestFault): boolean {
  return purpose.startsWith("sign-in") ? (fault.isHarmlessForSignIn ?? fault.isHarmless) : fault.isHarmless;
}

function purposeOf(exchange: Exchange): string {
  if (!exchange.url.startsWith("/subscriptions/")) {
    return `sign-in: ${exchange.method} ${exchange.url.split("?")[0]?.split("/").slice(2).join("/")}`;
  }
  return (
    storyOf([exchange])[0] ??
    `${exchange.method} ${/operationStatus|backupInstances/.exec(exchange.url)?.[0]}`
  );
}

function crashed(error: unknown): Ending {
  const message = `crashed: ${error instanceof Error ? error.stack : String(error)}`;
  return { isGreen: false, message, warnings: [] };
}
