import { isNotFound } from "../azure/http/errors";
import type { OperationEnd } from "../azure/http/longRunning";
import { Patience } from "../azure/http/patience";
import { PollPace } from "../azure/http/pollPace";
import { ReadLag } from "../azure/http/readLag";
import type { InstanceWatch } from "./instanceWatch";
import { meaningOf, protectionStateOf } from "./protectionState";
import type { Seen } from "./seen";
import type { DataProtectionService } from "./service";
import type { Waiting } from "./waiting";
import { progressOf } from "./waiting";
import type { WireBackupInstance } from "./wire";

/** What is looked at, and how. */
export interface Looks {
  backupInstanceId: string;
  service: DataProtectionService;
  watch: InstanceWatch;
  /** How our last write to it ended; `undefined` when nothing was written. */
  write: OperationEnd | undefined;
  /** Whether a final reading may be one of after the write. */
  isBelieved: (instance: Seen<WireBackupInstance>) => boolean;
}

/** A look that found the instance; one that did not, with the error that says so; or none that tells anything. */
type Look = Seen<WireBackupInstance> | Error | undefined;

/**
 * Looks at an instance until its state is final. A final reading that contradicts our own write, also that there is no such
 * instance, may be one of before it: then the instance itself is asked again, for as long as reads may lag.
 *
 * @throws when the instance is not there, or its state is not final before the deadline.
 */
export async function waitUntilFinal(looks: Looks, waiting: Waiting): Promise<Seen<WireBackupInstance>> {
  return new FinalState(looks, waiting).reached();
}

class FinalState {
  readonly #waitingFor: string;
  readonly #pace: PollPace;
  readonly #patience = new Patience();
  #lag: ReadLag;
  #lastSeen = "nothing yet";
  #correlationId: string | undefined;

  constructor(
    private readonly looks: Looks,
    private readonly waiting: Waiting,
  ) {
    this.#waitingFor = `waiting for backup instance ${looks.backupInstanceId} to be protected`;
    this.#pace = new PollPace(waiting.clock, looks.write?.namedIntervalInMs);
    this.#lag = new ReadLag(waiting.clock, looks.write);
  }

  async reached(): Promise<Seen<WireBackupInstance>> {
    const { backupInstanceId, watch, service, write } = this.looks;
    const { clock, deadline, showProgress } = this.waiting;
    // Operations that began together end together: a moment later, one listing serves all of them.
    let intervalInMs = write?.namedIntervalInMs === undefined ? 0 : this.#pace.intervalInMs;
    let secondLookInMs: number | undefined;
    for (;;) {
      const look = await this.#look(async () => {
        await clock.sleep(secondLookInMs ?? 0);
        return secondLookInMs === undefined
          ? watch.look(backupInstanceId, intervalInMs, deadline)
          : service.getInstance(backupInstanceId, deadline);
      });
      secondLookInMs = this.#secondLookInMs(look);
      if (secondLookInMs === undefined && look !== undefined && !isPending(look)) {
        return this.#final(look);
      }
      intervalInMs = this.#pace.intervalInMs;
      const { lastSeen, correlationId } = { lastSeen: this.#lastSeen, correlationId: this.#correlationId };
      deadline.mustAllow(secondLookInMs ?? intervalInMs, this.#waitingFor, lastSeen, { correlationId });
      progressOf(showProgress, inWords(lastSeen))(this.#pace.waitedInMs);
    }
  }

  async #look(look: () => Promise<Seen<WireBackupInstance>>): Promise<Look> {
    const { deadline } = this.waiting;
    try {
      const instance = await look();
      this.#patience.renew();
      this.#lastSeen = protectionStateOf(instance);
      this.#correlationId = instance.correlationId;
      return instance;
    } catch (error) {
      if (isNotFound(error)) {
        return error as Error;
      }
      const correlationId = this.#correlationId;
      deadline.mustLeaveTime(this.#waitingFor, this.#lastSeen, { correlationId, cause: error });
      this.#patience.forgive(error);
      return undefined;
    }
  }

  /** The wait until a reading is asked for again that contradicts our write; `undefined` when it is no longer to be doubted. */
  #secondLookInMs(look: Look): number | undefined {
    const { write, isBelieved } = this.looks;
    if (look === undefined || isPending(look)) {
      this.#lag = new ReadLag(this.waiting.clock, write);
      return undefined;
    }
    if (write === undefined || (!(look instanceof Error) && isBelieved(look))) {
      return undefined;
    }
    const intervalInMs = this.#lag.nextIntervalInMs();
    const isTimeLeft = intervalInMs !== undefined && intervalInMs < this.waiting.deadline.remainingInMs;
    return isTimeLeft ? intervalInMs : undefined;
  }

  #final(look: Seen<WireBackupInstance> | Error): Seen<WireBackupInstance> {
    if (look instanceof Error) {
      const explanation = "it has vanished; somebody deleted it meanwhile: run the update again";
      throw new Error(`${this.#waitingFor}: ${explanation}`, { cause: look });
    }
    return look;
  }
}

function isPending(look: Seen<WireBackupInstance> | Error): boolean {
  return !(look instanceof Error) && meaningOf(protectionStateOf(look)) === "pending";
}

/** `ConfiguringProtection` as people write it: `configuring protection`. */
function inWords(state: string): string {
  return state.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
