import type { Clock } from "../azure/clock";
import type { Deadline } from "../azure/http/deadline";
import { DeadlineExceededError } from "../azure/http/deadline";
import { canonicalResourceId } from "../azure/resourceId";
import { vaultIdOf } from "./backupInstance";
import type { Seen } from "./seen";
import type { DataProtectionService } from "./service";
import { itemsOfPage } from "./service";
import type { WireBackupInstance } from "./wire";

/** Somebody who wants to know how an instance is. */
interface Look {
  backupInstanceId: string;
  dueAt: number;
  /** From here on it may be answered, if somebody else's look is due: half an interval early. */
  welcomeAt: number;
  deadline: Deadline;
  answer: (instance: Seen<WireBackupInstance>) => void;
  fail: (error: unknown) => void;
}

/**
 * Looks at instances for all who wait for theirs to be protected. One listing of a vault answers for all of its instances, so
 * that five hundred who wait cost three requests a look. Where fewer wait than a listing has pages, each is asked for itself; so
 * is an instance that a listing lacks, or shows in a form that cannot be read.
 */
export class InstanceWatch {
  readonly #vaults = new Map<string, VaultWatch>();

  constructor(private readonly service: DataProtectionService) {}

  /**
   * The instance as it is after `intervalInMs`, or half of that if others look then.
   *
   * @throws {@link ArmError} also when it is not there.
   */
  async look(
    backupInstanceId: string,
    intervalInMs: number,
    deadline: Deadline,
  ): Promise<Seen<WireBackupInstance>> {
    const vaultId = vaultIdOf(backupInstanceId);
    const key = canonicalResourceId(vaultId);
    const vault = this.#vaults.get(key) ?? new VaultWatch(this.service, vaultId);
    this.#vaults.set(key, vault);
    return vault.look(backupInstanceId, intervalInMs, deadline);
  }
}

class VaultWatch {
  readonly #clock: Clock;
  #looks: Look[] = [];
  #alarm: { at: number; cancel: () => void } | undefined;
  /** How many requests a listing of this vault takes; one, until we know better. */
  #pages = 1;

  constructor(
    private readonly service: DataProtectionService,
    private readonly vaultId: string,
  ) {
    this.#clock = service.client.clock;
  }

  async look(
    backupInstanceId: string,
    intervalInMs: number,
    deadline: Deadline,
  ): Promise<Seen<WireBackupInstance>> {
    const now = this.#clock.now();
    return new Promise((answer, fail) => {
      const [dueAt, welcomeAt] = [now + intervalInMs, now + intervalInMs / 2];
      const look = { backupInstanceId, dueAt, welcomeAt, deadline, answer, fail };
      this.#looks.push(look);
      this.#setAlarm();
    });
  }

  #setAlarm(): void {
    const at = Math.min(...this.#looks.map(({ dueAt }) => dueAt));
    if (this.#looks.length === 0 || (this.#alarm !== undefined && this.#alarm.at <= at)) {
      return;
    }
    this.#alarm?.cancel();
    const controller = new AbortController();
    this.#alarm = { at, cancel: () => controller.abort() };
    this.#clock.sleep(at - this.#clock.now(), controller.signal).then(
      () => this.#ring(),
      () => undefined,
    );
  }

  #ring(): void {
    this.#alarm = undefined;
    const now = this.#clock.now();
    const due = this.#looks.filter(({ welcomeAt }) => welcomeAt <= now);
    this.#looks = this.#looks.filter((look) => !due.includes(look));
    if (due.length > this.#pages) {
      void this.#list(due);
    } else {
      due.forEach((look) => void this.#get(look));
    }
    this.#setAlarm();
  }

  async #get({ backupInstanceId, deadline, answer, fail }: Look): Promise<void> {
    await this.service.getInstance(backupInstanceId, deadline).then(answer, fail);
  }

  async #list(looks: Look[]): Promise<void> {
    const { deadline } = looks.reduce((one, other) =>
      other.deadline.remainingInMs < one.deadline.remainingInMs ? other : one,
    );
    try {
      const { instances, unread } = await this.service.listInstances(this.vaultId, deadline);
      this.#pages = Math.max(1, Math.ceil((instances.length + unread.length) / itemsOfPage));
      const found = new Map(instances.map((instance) => [canonicalResourceId(instance.id), instance]));
      for (const look of looks) {
        const instance = found.get(canonicalResourceId(look.backupInstanceId));
        void (instance === undefined ? this.#get(look) : look.answer(instance));
      }
    } catch (error) {
      this.#fail(looks, error, deadline);
    }
  }

  /** The deadline of one is not that of all: those who have time left look again. */
  #fail(looks: Look[], error: unknown, deadline: Deadline): void {
    for (const look of looks) {
      if (error instanceof DeadlineExceededError && look.deadline !== deadline) {
        this.#looks.push({ ...look, dueAt: this.#clock.now() });
      } else {
        look.fail(error);
      }
    }
    this.#setAlarm();
  }
}
