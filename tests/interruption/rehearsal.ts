import path from "node:path";
import type { EmulatorControl, Exchange } from "../../emulator";
import { backupInstanceType } from "../../provider/resources/providerText";
import { Site } from "../scenarios/site";
import { Stage } from "../wire/stage";
import { Ambush } from "./ambush";
import { effectsOf } from "./effects";
import type { Interruption } from "./interruptions";
import type { EngineProcesses } from "./processes";
import { untilEnded } from "./processes";
import { ServiceClock } from "./serviceClock";
import type { Ending, EngineMethod, Operation } from "./stackProcess";
import { StackProcess } from "./stackProcess";
import type { OperationName, Step } from "./steps";

const repository = path.resolve(__dirname, "../..");

/** At the pace of these tests everything that the service has begun is done by then. */
const longEnoughInMs = 10_000;

/** A command that people type. */
export type Command = "up" | "destroy" | "refresh" | "refresh --clear-pending-creates";

/** An operation, where it is interrupted, and how. */
export interface Row {
  operation: OperationName;
  step: Step;
  interruption: Interruption;
  /** What is typed then, after `pulumi cancel` where the stack is locked. @default the same again */
  then?: readonly Command[];
}

/** What is there in the end. */
export interface Aftermath {
  /** What people read of the runs after the interruption that were not green. */
  errors: string[];
  /** Whether the next run was refused until the lock of the interrupted one was removed. */
  wasLocked: boolean;
  /** What all of the runs changed, see {@link effectsOf}. */
  effects: string[];
  /** The protection state of each instance of the vaults, by its id. */
  inService: Record<string, string>;
  /** The same of each instance in state. */
  inState: Record<string, string>;
  /** The pending operations in state: `creating`, for instance. */
  pending: string[];
}

interface State {
  deployment: {
    resources?: { type: string; id: string; outputs: { protectionState: string } }[];
    pending_operations?: { type: string }[];
  };
}

/** Runs rows one after the other, on one emulator. */
export class Rehearsal {
  #siteCount = 0;
  #notice: (exchange: Exchange) => void = () => undefined;

  private constructor(
    private readonly stage: Stage,
    private readonly clock: ServiceClock,
    private readonly stacks: StackProcess,
  ) {}

  static async open(cliRoot: string): Promise<Rehearsal> {
    const clock = new ServiceClock();
    const listeners: ((exchange: Exchange) => void)[] = [];
    const stage = await Stage.open({
      now: clock.now,
      onExchange: (exchange) => listeners.forEach((listen) => listen(exchange)),
    });
    const stacks = await StackProcess.open({
      emulator: stage.emulator,
      cliRoot,
      programFile: path.join(repository, "dist/examples/existingVault/index.js"),
      programFolder: path.join(repository, "examples/existingVault"),
    });
    const rehearsal = new Rehearsal(stage, clock, stacks);
    listeners.push((exchange) => rehearsal.#notice(exchange));
    return rehearsal;
  }

  async close(): Promise<void> {
    await this.stacks.close();
    await this.stage.close();
  }

  /**
   * Interrupts an operation as the row says, then does what people are told to do.
   *
   * @returns The id of the instance that the operation is about, or that it makes, and what is there in the end.
   */
  async rehearse(row: Row): Promise<{ instanceId: string; aftermath: Aftermath }> {
    const { operation, step, interruption } = row;
    this.#cleanUp();
    const { site, instanceId } = await this.#prepare(operation, { isGranted: !step.isWithoutRoles });
    const from = this.stage.emulator.exchanges.length;

    const interrupted = await this.#interrupt(site, row);
    await this.stacks.renew();
    if (interrupted.isGreen && operation !== "delete") {
      expect(await site.stateOf(instanceId)).toBe("ProtectionConfigured");
    }
    if (interruption.meanwhile === "done") {
      this.#control.advance(longEnoughInMs);
    }
    const wasLocked = interruption.isLocking && (await isRefusedByLock(this.#start(site, operation)));
    if (interruption.isLocking) {
      await this.stacks.call(site.name, "cancel");
    }

    this.#notice = (exchange) => this.#goOnAfterListing(exchange);
    const errors = await this.#type(site, row.then ?? [operation === "delete" ? "destroy" : "up"]);
    this.clock.goOn();

    const effects = effectsOf(this.stage.emulator.exchanges.slice(from));
    const inService = await site.protectionStates();
    return { instanceId, aftermath: { errors, wasLocked, effects, inService, ...(await this.#state(site)) } };
  }

  /** What the provider asks in an operation that nobody interrupts. */
  async record(operation: OperationName): Promise<Exchange[]> {
    const { site } = await this.#prepare(operation, { isGranted: true });
    const from = this.stage.emulator.exchanges.length;
    await this.#start(site, operation).ended;
    return this.stage.emulator.exchanges.slice(from);
  }

  get #control(): EmulatorControl {
    return this.stage.emulator.control;
  }

  /** Takes away what a row that failed has left, so that one failure is one. */
  #cleanUp(): void {
    this.stacks.killEngines();
    this.#notice = () => undefined;
    this.#control.clearFaults();
    this.clock.goOn();
  }

  /** Makes the place of a row, with what must be there before the operation, and declares what is to be. */
  async #prepare(
    operation: OperationName,
    { isGranted }: { isGranted: boolean },
  ): Promise<{ site: Site; instanceId: string }> {
    const name = `row${++this.#siteCount}`;
    const site = await Site.build(this.stage, name, { softDelete: "On", isGranted });
    const declare = async (policy: "disk" | "disk-four-hourly", vaultId = site.vaultId): Promise<string> => {
      const toVault = (id: string): string => id.replace(site.vaultId, vaultId);
      await this.stacks.declare(name, {
        vaultId,
        policyId: toVault(site.policyId(policy)),
        diskId: site.diskId,
        snapshotResourceGroupId: site.snapshotsId,
      });
      return toVault(site.instanceId);
    };
    let instanceId = await declare("disk");
    if (operation !== "create") {
      await this.stacks.call(name, "up");
    }
    if (operation === "update") {
      await declare("disk-four-hourly");
    } else if (operation === "recovery") {
      await this.stacks.call(name, "destroy");
    } else if (operation === "replacement") {
      await site.putOtherVault();
      instanceId = await declare("disk", site.otherVaultId);
    }
    return { site, instanceId };
  }

  #start({ name }: Site, operation: OperationName): Operation {
    return this.stacks.start(name, operation === "delete" ? "destroy" : "up");
  }

  /** Starts an operation and interrupts it at the step; resolves when all of its processes have ended. */
  async #interrupt(site: Site, { operation: name, step, interruption }: Row): Promise<Ending> {
    let hasCome = false;
    const struck = new Promise<EngineProcesses>((resolve, reject) => {
      const strike = async (): Promise<EngineProcesses> => {
        hasCome = true;
        const engine = this.stacks.engine();
        await Promise.all([interruption.strike(engine, operation), step.isWithoutRoles && site.grant()]);
        return engine;
      };
      const ground = { control: this.#control, clock: this.clock };
      const ambush = new Ambush(ground, step, interruption, () => void strike().then(resolve, reject));
      this.#notice = (exchange) => ambush.notice(exchange);
    });
    const operation = this.#start(site, name);
    const ended = operation.ended.then((ending) => {
      if (!hasCome) {
        throw new Error(`the operation ended before it came to the step:\n${ending.text}`);
      }
      return ending;
    });
    const [engine, ending] = await Promise.all([struck, ended]);
    await untilEnded(engine.all);
    this.#control.clearFaults();
    return ending;
  }

  /** Types commands one after the other, an update with its preview. Returns what those that were not green said. */
  async #type({ name }: Site, commands: readonly Command[]): Promise<string[]> {
    const errors: string[] = [];
    const runs = commands.flatMap((command) => (command === "up" ? (["preview", "up"] as const) : [command]));
    for (const run of runs) {
      const [method, option] = run.split(" ") as [EngineMethod, string?];
      const parameters = { clearPendingCreates: option === "--clear-pending-creates" };
      const { isGreen, text } = await this.stacks.start(name, method, parameters).ended;
      errors.push(...(isGreen ? [] : [text]));
    }
    return errors;
  }

  /** Lets the service go on with what it had begun once the next run does more than list instances. */
  #goOnAfterListing({ method, url }: Exchange): void {
    if (/\/subscriptions\//.test(url) && !(method === "GET" && /\/backupInstances\?/.test(url))) {
      this.clock.goOn();
    }
  }

  async #state({ name }: Site): Promise<Pick<Aftermath, "inState" | "pending">> {
    const { deployment } = (await this.stacks.call(name, "exportStack")) as State;
    const instances = (deployment.resources ?? []).filter(({ type }) => type === backupInstanceType);
    return {
      inState: Object.fromEntries(instances.map(({ id, outputs }) => [id, outputs.protectionState])),
      pending: (deployment.pending_operations ?? []).map(({ type }) => type),
    };
  }
}

async function isRefusedByLock({ ended }: Operation): Promise<boolean> {
  const { isGreen, text } = await ended;
  return !isGreen && text.includes("the stack is currently locked by 1 lock(s)");
}
