import { isAmbiguous } from "../azure/http/errors";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { readAfterWrite } from "../azure/http/readLag";
import { isSameResourceId } from "../azure/resourceId";
import { changesTo, refuseOtherInstance, refuseTwin } from "./changes";
import { otherOwnerOf, ownerOf, refuseForeignClaim } from "../lifecycle/claim";
import { AlreadyProtectedError } from "../dataProtection/alreadyProtected";
import { changedProperties } from "../dataProtection/backupInstance";
import type { Refusal } from "../dataProtection/refusals";
import { isOfCaller, isOfVaultRights, isRefusal, isTaken, namesOtherVault } from "../dataProtection/refusals";
import { explainFailure } from "../explain/explainFailure";
import { instanceOfFailure, waitUntilProtected } from "../dataProtection/protection";
import { meaningOf, protectionStateOf, resumptionOf } from "../dataProtection/protectionState";
import { validateUntilPermitted } from "../dataProtection/validation";
import type { Seen } from "../dataProtection/seen";
import type { Waiting } from "../dataProtection/waiting";
import type { WireBackupInstance, WireBackupInstanceProperties } from "../dataProtection/wire";
import { healsDrift, leftAsItIs, notProtected } from "./drift";
import { PartialFailure } from "../lifecycle/failures";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { outputsOf } from "./outputs";
import { findRecoverable } from "./recovery";
import type { Session } from "../host/session";
import { waitingFor } from "../host/session";
import { InstanceWrites } from "./writes";

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
  readonly #writes: InstanceWrites;
  /** Whether backups that somebody paused are taken up again. */
  #heals: boolean;

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
    this.#writes = new InstanceWrites(session.service, declared, this.#what, this.#waiting);
  }

  async run(): Promise<InstanceOutputs> {
    const { session, declared } = this;
    session.keptResources.keep(this.#id);
    try {
      const existing = await session.live.find(this.#id, this.#waiting.deadline);
      this.#writes.seen = existing;
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
      const { isHeld, isSent, seen } = this.#writes;
      if (isHeld || (isSent && isAmbiguous(error))) {
        const last = instanceOfFailure(error) ?? seen;
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
      this.#writes.disown();
      refuseForeignClaim(settled, declared);
    }
  }

  /** The instance as it is in the end: protected, or as somebody paused it where the program wants that left alone. */
  async #settled(existing: Seen<WireBackupInstance> | undefined): Promise<Seen<WireBackupInstance>> {
    const { declared, session } = this;
    const mayBePaused = !this.#heals;
    const atRest = mayBePaused ? ["protected", "paused"] : ["protected"];
    const isUntouched = existing !== undefined && !this.#writes.isHeld;
    if (isUntouched && atRest.includes(meaningOf(protectionStateOf(existing)))) {
      return this.#sayPaused(existing);
    }
    this.#writes.isHeld = true;
    const { service, watch } = session;
    const write = this.#writes.end;
    const watched = { backupInstanceId: this.#id, declared, mayBePaused, service, watch, write };
    return this.#sayPaused(await waitUntilProtected(watched, this.#waiting));
  }

  async #sayPaused(settled: Seen<WireBackupInstance>): Promise<Seen<WireBackupInstance>> {
    const state = protectionStateOf(settled);
    if (meaningOf(state) === "paused") {
      await this.session.rows.say(this.#id, leftAsItIs(notProtected(state)), "warning");
    }
    return settled;
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
      await this.#writes.put(properties);
    } catch (error) {
      if (!isRefusal(error) || isOfCaller(error) || isOfVaultRights(error) || this.#writes.isHeld) {
        throw error;
      }
      await this.#recover(error).catch(async (inTheWay: unknown) => this.#takeUpUnlessOther(inTheWay));
    }
  }

  /** A datasource whose deleted instance the vault still holds is refused; the deleted one is had back instead. */
  async #recover(refusal: Refusal): Promise<void> {
    const { service, rows } = this.session;
    const { deadline } = this.#waiting;
    const deleted = await findRecoverable(service, refusal, this.declared, deadline);
    await this.#writes.undelete();
    // It comes back stopped because it was deleted, not because somebody wants it to pause.
    this.#heals = true;
    await rows.say(this.#id, `recovered the soft-deleted instance with its recovery points (${deleted})`);
    const recovered = await this.#shownLate();
    if (recovered !== undefined) {
      await this.#change(recovered);
    }
  }

  /** What has taken the datasource may be the instance itself, if the look and the listing before lagged behind. */
  async #takeUpUnlessOther(inTheWay: unknown): Promise<void> {
    const itself = this.#isByItself(inTheWay) ? await this.#shownLate() : undefined;
    if (itself === undefined) {
      throw inTheWay;
    }
    refuseForeignClaim(itself, this.declared, this.before);
    await this.#change(itself);
  }

  #isByItself(inTheWay: unknown): boolean {
    return inTheWay instanceof AlreadyProtectedError
      ? isSameResourceId(inTheWay.protectorId, this.#id)
      : isRefusal(inTheWay) && isTaken(inTheWay) && !namesOtherVault(inTheWay, this.declared.vaultId);
  }

  /** The instance, which must be there, as soon as reads show it. */
  async #shownLate(): Promise<Seen<WireBackupInstance> | undefined> {
    const { service } = this.session;
    const read = async (): Promise<Seen<WireBackupInstance> | undefined> =>
      service.findInstance(this.#id, this.#waiting.deadline);
    const isShown = (seen: WireBackupInstance | undefined): boolean =>
      seen !== undefined && meaningOf(protectionStateOf(seen)) !== "deleted";
    return readAfterWrite(read, isShown, this.#waiting);
  }

  /** Makes an existing instance the declared one: takes its backups up again if they are paused, and changes what differs. */
  async #change(existing: Seen<WireBackupInstance>): Promise<void> {
    const { service } = this.session;
    const { deadline } = this.#waiting;
    refuseOtherInstance(existing, this.declared);
    const properties = changesTo(existing, this.declared) ?? this.#claim(existing);
    const resumption = this.#heals ? resumptionOf(protectionStateOf(existing)) : undefined;
    if (resumption !== undefined) {
      await this.#writes.resume(resumption, protectionStateOf(existing));
    }
    if (properties !== undefined) {
      if (service.canValidateChanges) {
        const validate = (): Promise<AcceptedOperation> =>
          service.validateChange(this.#id, properties, deadline);
        const what = `validating the change of ${this.#id}`;
        // The roles for backup give the change, and not the question: the change itself tells then.
        await validateUntilPermitted(validate, what, this.#waiting).catch(unlessOfCaller);
      }
      await this.#writes.put(properties, existing);
    }
  }

  /** An instance whose tag does not name this stack, as it is called now, is written even if nothing else is to change. */
  #claim(existing: WireBackupInstance): WireBackupInstanceProperties | undefined {
    const { claimedBy } = this.declared;
    const isTakenOver = this.before === undefined || this.declared.takeOverFrom !== undefined;
    // What the service is at work on, or has given up, is not written for the sake of a name: the next update does that.
    const isSettled = ["protected", "paused"].includes(meaningOf(protectionStateOf(existing)));
    const isToBeClaimed =
      claimedBy !== undefined && ownerOf(existing) !== claimedBy && (isTakenOver || isSettled);
    return isToBeClaimed ? changedProperties(existing.properties, this.declared) : undefined;
  }
}

function unlessOfCaller(error: unknown): void {
  if (!isOfCaller(error)) {
    throw error;
  }
}
