import type { ArmError, OperationFailedError } from "../azure/http/errors";
import { isAmbiguous } from "../azure/http/errors";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { changesTo, refuseOtherInstance, refuseTwin } from "./changes";
import { claimedTags, otherOwnerOf, ownerOf, refuseForeignClaim } from "../lifecycle/claim";
import { changedProperties } from "../dataProtection/backupInstance";
import { runCritical } from "../dataProtection/criticalOperation";
import { explainFailure, isTaken } from "../explain/explainFailure";
import { ProtectionFailedError, waitUntilProtected } from "../dataProtection/protection";
import { meaningOf, protectionStateOf, resumptionOf } from "../dataProtection/protectionState";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import { validateUntilPermitted } from "../dataProtection/validation";
import type { Seen } from "../dataProtection/seen";
import type { Waiting } from "../dataProtection/waiting";
import { progressOf } from "../dataProtection/waiting";
import type { WireBackupInstance, WireBackupInstanceProperties } from "../dataProtection/wire";
import { healsDrift, leftAsItIs, notProtected } from "./drift";
import { PartialFailure } from "../lifecycle/failures";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { outputsOf } from "./outputs";
import { findRecoverable } from "./recovery";
import type { Session } from "../host/session";
import { waitingFor } from "../host/session";

/**
 * Makes the service hold and protect what is declared, whatever is there already: nothing, an instance that an interrupted
 * run left, a soft-deleted or a paused one, or one that is to be changed. Create and update have all of it in common.
 *
 * @param before - What state holds of it; for a create nothing.
 * @throws {@link PartialFailure} when the service holds the instance, or may hold it; a plain error otherwise.
 */
export async function reconcile(
  session: Session,
  declared: CheckedInputs,
  before?: InstanceOutputs,
): Promise<InstanceOutputs> {
  return new Reconciliation(session, declared, before).run();
}

class Reconciliation {
  readonly #id: string;
  readonly #what: string;
  readonly #waiting: Waiting;
  /** The instance as it was seen last. */
  #seen: WireBackupInstance | undefined;
  /** Whether backups that somebody paused are taken up again. */
  #heals: boolean;
  /** Whether a request was sent that changes something: the service may have acted on it even if no answer came. */
  #isSent = false;
  /** Whether the service holds the instance: from then on, state must know of it whatever happens. */
  #isHeld = false;
  /** What the service named for the last operation. */
  #namedIntervalInMs: number | undefined;

  constructor(
    private readonly session: Session,
    private readonly declared: CheckedInputs,
    private readonly before: InstanceOutputs | undefined,
  ) {
    const step = before === undefined ? "create" : "update";
    this.#id = declared.backupInstanceId;
    this.#what = `${step === "create" ? "creating" : "updating"} backup instance ${this.#id}`;
    this.#heals = healsDrift(declared, before);
    this.#waiting = waitingFor(session, step, this.#id, declared.timeouts);
  }

  async run(): Promise<InstanceOutputs> {
    const { session, declared } = this;
    session.keptResources.keep(this.#id);
    try {
      const existing = await session.live.find(this.#id, this.#waiting.deadline);
      this.#seen = existing;
      session.live.willWrite(this.#id);
      if (existing !== undefined) {
        refuseForeignClaim(existing, declared, this.before);
      }
      await (existing === undefined ? this.#create() : this.#change(existing));
      const settled = await this.#settled(existing);
      this.#refuseIfAnotherStackCameLast(settled);
      return outputsOf(declared, settled, { before: this.before });
    } catch (error) {
      const message = explainFailure(this.#what, error, declared);
      if (this.#isHeld || (this.#isSent && isAmbiguous(error))) {
        const last = error instanceof ProtectionFailedError ? error.instance : this.#seen;
        const outputs = outputsOf(declared, last, { before: this.before, isUnfinished: this.#heals });
        throw new PartialFailure(message, this.#id, outputs, { cause: error });
      }
      throw new Error(message, { cause: error });
    }
  }

  /** Of stacks that create one instance at once, the one whose claim the service has kept owns it. */
  #refuseIfAnotherStackCameLast(settled: Seen<WireBackupInstance>): void {
    const { declared, before } = this;
    if (before === undefined && otherOwnerOf(settled, declared) !== undefined) {
      [this.#isSent, this.#isHeld] = [false, false];
      refuseForeignClaim(settled, declared);
    }
  }

  /** The instance as it is in the end: protected, or as somebody paused it where the program wants that left alone. */
  async #settled(existing: Seen<WireBackupInstance> | undefined): Promise<Seen<WireBackupInstance>> {
    if (existing !== undefined && !this.#isHeld && (await this.#isAtRest(existing))) {
      return existing;
    }
    this.#isHeld = true;
    const { service, watch } = this.session;
    const watched = { backupInstanceId: this.#id, service, watch };
    try {
      return await waitUntilProtected(watched, this.#namedIntervalInMs, this.#waiting);
    } catch (error) {
      if (error instanceof ProtectionFailedError && (await this.#isAtRest(error.instance))) {
        return error.instance;
      }
      throw error;
    }
  }

  async #isAtRest(instance: WireBackupInstance): Promise<boolean> {
    const state = protectionStateOf(instance);
    const isLeftPaused = !this.#heals && meaningOf(state) === "paused";
    if (isLeftPaused) {
      await this.session.rows.say(this.#id, leftAsItIs(notProtected(state)), "warning");
    }
    return isLeftPaused || meaningOf(state) === "protected";
  }

  async #create(): Promise<void> {
    const { service } = this.session;
    const { vaultId } = this.declared;
    const { deadline } = this.#waiting;
    await refuseTwin(this.session.live, this.declared, deadline);
    const properties = await service.newProperties(this.declared, deadline);
    try {
      const what = `validating the protection of ${properties.dataSourceInfo.resourceID} by vault ${vaultId}`;
      const validate = (): Promise<AcceptedOperation> => service.validate(vaultId, properties, deadline);
      await validateUntilPermitted(validate, what, this.#waiting);
      await this.#put(properties);
    } catch (error) {
      if (!isTaken(error) || this.#isHeld) {
        throw error;
      }
      await this.#recover(error);
    }
  }

  /** A datasource whose deleted instance the vault still holds is refused; the deleted one is had back instead. */
  async #recover(refusal: ArmError | OperationFailedError): Promise<void> {
    const { service, rows } = this.session;
    const { deadline } = this.#waiting;
    const deleted = await findRecoverable(service, refusal, this.declared, deadline);
    // A repetition after a lost answer is refused, since the instance is back then; so it counts as held from here on.
    this.#isHeld = true;
    await this.#run("recovering the soft-deleted instance", async () => service.undelete(this.#id, deadline));
    // It comes back stopped because it was deleted, not because somebody wants it to pause.
    this.#heals = true;
    await rows.say(this.#id, `recovered the soft-deleted instance with its recovery points (${deleted})`);
    const recovered = await service.findInstance(this.#id, deadline);
    if (recovered !== undefined) {
      await this.#change(recovered);
    }
  }

  /** Makes an existing instance the declared one: takes its backups up again if they are paused, and changes what differs. */
  async #change(existing: Seen<WireBackupInstance>): Promise<void> {
    const { service } = this.session;
    const { deadline } = this.#waiting;
    refuseOtherInstance(existing, this.declared);
    const properties = changesTo(existing, this.declared) ?? this.#claim(existing);
    const resumption = this.#heals ? resumptionOf(protectionStateOf(existing)) : undefined;
    if (resumption !== undefined) {
      const doing = `backups are paused (${protectionStateOf(existing)}): taking them up again`;
      await this.#run(doing, async () => service.act(this.#id, resumption, deadline));
    }
    if (properties !== undefined) {
      if (service.canValidateChanges) {
        const validate = (): Promise<AcceptedOperation> =>
          service.validateChange(this.#id, properties, deadline);
        await validateUntilPermitted(validate, `validating the change of ${this.#id}`, this.#waiting);
      }
      await this.#put(properties, existing);
    }
  }

  /** An instance whose tag does not name this stack, as it is called now, is written even if nothing else is to change. */
  #claim(existing: WireBackupInstance): WireBackupInstanceProperties | undefined {
    const { claimedBy } = this.declared;
    const isToBeClaimed = claimedBy !== undefined && ownerOf(existing) !== claimedBy;
    return isToBeClaimed ? changedProperties(existing.properties, this.declared) : undefined;
  }

  async #put(properties: WireBackupInstanceProperties, existing?: WireBackupInstance): Promise<void> {
    const tags = claimedTags(existing, this.declared);
    const { service } = this.session;
    const { deadline } = this.#waiting;
    const put = async (approval?: GuardApproval): Promise<void> =>
      this.#run(`waiting for Azure to ${existing === undefined ? "create" : "change"} it`, async () => {
        const { operation, instance } = await service.put(this.#id, { properties, tags }, deadline, approval);
        this.#seen = instance ?? this.#seen;
        return operation;
      });
    const { canNameApprovals } = service;
    const operations = () => ["backupInstances/write"] as const;
    const change = { service, vaultId: this.declared.vaultId, operations, canNameApprovals };
    await (existing === undefined ? put() : runCritical(change, put, this.#waiting));
  }

  /** Has the service begin something, which makes the instance one that it holds, and waits for the end. */
  async #run(doing: string, begin: () => Promise<AcceptedOperation>): Promise<void> {
    const tell = progressOf(this.#waiting.showProgress, doing);
    tell(0);
    this.#isSent = true;
    const operation = await begin();
    this.#isHeld = true;
    this.#namedIntervalInMs = operation.namedIntervalInMs;
    await operation.wait(this.#waiting.deadline, this.#what, tell);
  }
}
