import { isAmbiguous } from "./azure/errors";
import type { AcceptedOperation } from "./azure/longRunning";
import { changesTo, refuseOtherInstance } from "./changes";
import { claimedTags, ownerOf, refuseForeignClaim } from "./claim";
import { changedProperties } from "./dataProtection/backupInstance";
import { runCritical } from "./dataProtection/criticalOperation";
import { explainFailure, isAboutOwnVault } from "./dataProtection/explain";
import { ProtectionFailedError, waitUntilProtected } from "./dataProtection/protection";
import { protectionStateOf, resumptionOf } from "./dataProtection/protectionState";
import type { GuardApproval } from "./dataProtection/resourceGuard";
import { validateUntilPermitted } from "./dataProtection/validation";
import type { Seen } from "./dataProtection/seen";
import type { Waiting } from "./dataProtection/waiting";
import type { WireBackupInstance, WireBackupInstanceProperties } from "./dataProtection/wire";
import { PartialFailure } from "./failures";
import type { CheckedInputs, InstanceOutputs } from "./inputs";
import { outputsOf } from "./outputs";
import { findRecoverable } from "./recovery";
import type { Session } from "./session";
import { waitingFor } from "./session";

/** The interval of the first looks when no operation ran that could have named one, in milliseconds. */
const defaultPaceInMs = 10_000;

/**
 * Makes the service hold and protect what is declared, whatever is there already: nothing, an instance that an interrupted
 * run left, a soft-deleted or a paused one, or one that is to be changed. Create and update have all of it in common.
 *
 * @throws {@link PartialFailure} when the service holds the instance, or may hold it; a plain error otherwise.
 */
export async function reconcile(
  session: Session,
  declared: CheckedInputs,
  step: "create" | "update",
): Promise<InstanceOutputs> {
  return new Reconciliation(session, declared, step).run();
}

class Reconciliation {
  readonly #id: string;
  readonly #what: string;
  readonly #waiting: Waiting;
  /** The instance as it was seen last. */
  #seen: WireBackupInstance | undefined;
  /** Whether a PUT was sent: the service may have acted on it even if no answer came. */
  #isSent = false;
  /** Whether the service holds the instance: from then on, state must know of it whatever happens. */
  #isHeld = false;
  #paceInMs = defaultPaceInMs;

  constructor(
    private readonly session: Session,
    private readonly declared: CheckedInputs,
    private readonly step: "create" | "update",
  ) {
    this.#id = declared.backupInstanceId;
    this.#what = `${step === "create" ? "creating" : "updating"} backup instance ${this.#id}`;
    this.#waiting = waitingFor(session, step, this.#id, declared.timeouts);
  }

  async run(): Promise<InstanceOutputs> {
    const { session, declared } = this;
    try {
      const existing = await session.live.find(this.#id, this.#waiting.deadline);
      this.#seen = existing;
      session.live.willWrite(this.#id);
      if (existing !== undefined && this.step === "create") {
        refuseForeignClaim(existing, declared);
      }
      await (existing === undefined ? this.#create() : this.#change(existing));
      this.#isHeld = true;
      this.#seen = await waitUntilProtected(session.service, this.#id, this.#paceInMs, this.#waiting);
      session.keptResources.keep(this.#id);
      return outputsOf(declared, this.#seen);
    } catch (error) {
      const message = explainFailure(this.#what, error, declared);
      if (this.#isHeld || (this.#isSent && isAmbiguous(error))) {
        const last = error instanceof ProtectionFailedError ? error.instance : this.#seen;
        throw new PartialFailure(message, this.#id, outputsOf(declared, last), { cause: error });
      }
      throw new Error(message, { cause: error });
    }
  }

  async #create(): Promise<void> {
    const { service } = this.session;
    const { vaultId } = this.declared;
    const { deadline } = this.#waiting;
    const properties = await service.newProperties(this.declared, deadline);
    try {
      const what = `validating the protection of ${properties.dataSourceInfo.resourceID} by vault ${vaultId}`;
      const validate = (): Promise<AcceptedOperation> => service.validate(vaultId, properties, deadline);
      await validateUntilPermitted(validate, what, this.#waiting);
      await this.#put(properties);
    } catch (error) {
      if (!isAboutOwnVault(error, vaultId) || this.#isHeld || !(await this.#recover())) {
        throw error;
      }
    }
  }

  /** A datasource whose deleted instance the vault still holds is refused; the deleted one is had back instead. */
  async #recover(): Promise<boolean> {
    const { service, rows } = this.session;
    const { deadline } = this.#waiting;
    const deleted = await findRecoverable(service, this.declared, deadline);
    if (deleted === undefined) {
      return false;
    }
    await this.#run(await service.undelete(this.#id, deadline));
    await rows.say(this.#id, `recovered the soft-deleted instance with its recovery points (${deleted})`);
    const recovered = await service.findInstance(this.#id, deadline);
    if (recovered !== undefined) {
      await this.#change(recovered);
    }
    return true;
  }

  /** Makes an existing instance the declared one: takes its backups up again if they are paused, and changes what differs. */
  async #change(existing: Seen<WireBackupInstance>): Promise<void> {
    const { service } = this.session;
    const { deadline } = this.#waiting;
    refuseOtherInstance(existing, this.declared);
    const properties = changesTo(existing, this.declared) ?? this.#claim(existing);
    const resumption = resumptionOf(protectionStateOf(existing));
    if (resumption !== undefined) {
      this.#waiting.showProgress(`backups are paused (${protectionStateOf(existing)}): taking them up again`);
      await this.#run(await service.act(this.#id, resumption, deadline));
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

  /** An instance that a create takes over is written once even if nothing else is to change, to say whose it is. */
  #claim(existing: WireBackupInstance): WireBackupInstanceProperties | undefined {
    const { claimedBy } = this.declared;
    const isToBeClaimed =
      this.step === "create" && claimedBy !== undefined && ownerOf(existing) !== claimedBy;
    return isToBeClaimed ? changedProperties(existing.properties, this.declared) : undefined;
  }

  async #put(properties: WireBackupInstanceProperties, existing?: WireBackupInstance): Promise<void> {
    const tags = claimedTags(existing, this.declared);
    this.#isSent = true;
    const { service } = this.session;
    const put = async (approval?: GuardApproval): Promise<AcceptedOperation> =>
      service.put(this.#id, { properties, tags }, this.#waiting.deadline, approval);
    const change = { service, vaultId: this.declared.vaultId, operation: "write" } as const;
    const operation = await (existing === undefined ? put() : runCritical(change, put, this.#waiting));
    this.#seen = (operation.accepted.body as WireBackupInstance | undefined) ?? this.#seen;
    await this.#run(operation);
  }

  /** Waits for an operation that the service accepted, which makes the instance one that it holds. */
  async #run(operation: AcceptedOperation): Promise<void> {
    this.#isHeld = true;
    this.#paceInMs = operation.pollIntervalInMs;
    await operation.wait(this.#waiting.deadline, this.#what);
    this.#paceInMs = operation.pollIntervalInMs;
  }
}
