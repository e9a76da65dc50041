import type { AcceptedOperation, OperationEnd } from "../azure/http/longRunning";
import { claimedTags } from "../lifecycle/claim";
import { isAsDesired } from "../dataProtection/backupInstance";
import { runCritical } from "../dataProtection/criticalOperation";
import { runInstanceOperation } from "../dataProtection/instanceOperation";
import type { Resumption } from "../dataProtection/protectionState";
import { meaningOf, protectionStateOf } from "../dataProtection/protectionState";
import type { GuardApproval } from "../dataProtection/resourceGuard";
import type { DataProtectionService } from "../dataProtection/service";
import type { Waiting } from "../dataProtection/waiting";
import type { WireBackupInstance, WireBackupInstanceProperties } from "../dataProtection/wire";
import type { CheckedInputs } from "./inputs";

/** What a create or an update has the service do to the instance, and what is known of it by that. */
export class InstanceWrites {
  /** The instance as it was seen last. */
  seen: WireBackupInstance | undefined;
  /** Whether a request was sent that changes something: the service may have acted on it even if no answer came. */
  isSent = false;
  /** Whether the service holds the instance: from then on, state must know of it whatever happens. */
  isHeld = false;
  /** How the last operation ended. */
  end: OperationEnd | undefined;
  readonly #id: string;

  /** @param what - What is being done and to what, as in `creating backup instance <id>`. */
  constructor(
    private readonly service: DataProtectionService,
    private readonly declared: CheckedInputs,
    private readonly what: string,
    private readonly waiting: Waiting,
  ) {
    this.#id = declared.backupInstanceId;
  }

  /** Says that the instance is not this stack's, whatever was sent. */
  disown(): void {
    [this.isSent, this.isHeld] = [false, false];
  }

  /** Creates the instance, or makes an existing one what these properties say. */
  async put(properties: WireBackupInstanceProperties, existing?: WireBackupInstance): Promise<void> {
    const { service, waiting, declared } = this;
    const tags = claimedTags(existing, declared);
    const isMade = (instance: WireBackupInstance): boolean =>
      isAsDesired(instance, declared) || meaningOf(protectionStateOf(instance)) === "pending";
    const doing = `waiting for Azure to ${existing === undefined ? "create" : "change"} it`;
    const begin = async (approval?: GuardApproval): Promise<AcceptedOperation> => {
      const body = { properties, tags };
      const { operation, instance } = await service.put(this.#id, body, waiting.deadline, approval);
      this.seen = instance ?? this.seen;
      return operation;
    };
    const put = async (approval?: GuardApproval): Promise<void> =>
      this.#run(doing, async () => begin(approval), isMade);
    const { canNameApprovals } = service;
    const operations = () => ["backupInstances/write"] as const;
    const change = { service, vaultId: declared.vaultId, operations, canNameApprovals };
    await (existing === undefined ? put() : runCritical(change, put, waiting));
  }

  /** Has the soft-deleted instance back. */
  async undelete(): Promise<void> {
    const isBack = (instance: WireBackupInstance): boolean =>
      meaningOf(protectionStateOf(instance)) !== "deleted";
    const begin = async (): Promise<AcceptedOperation> =>
      this.service.undelete(this.#id, this.waiting.deadline);
    await this.#run("recovering the soft-deleted instance", begin, isBack);
  }

  /** Takes paused backups up again. */
  async resume(resumption: Resumption, pausedAs: string): Promise<void> {
    const isResumed = (instance: WireBackupInstance): boolean =>
      ["pending", "protected"].includes(meaningOf(protectionStateOf(instance)));
    const begin = async (): Promise<AcceptedOperation> =>
      this.service.act(this.#id, resumption, this.waiting.deadline);
    await this.#run(`backups are paused (${pausedAs}): taking them up again`, begin, isResumed);
  }

  /**
   * Has the service begin something, which makes the instance one that it holds, and waits for the end.
   *
   * @param hasCounted - Whether the instance shows that the request has counted, if the answer to it was lost.
   */
  async #run(
    progress: string,
    begin: () => Promise<AcceptedOperation>,
    hasCounted: (instance: WireBackupInstance) => boolean,
  ): Promise<void> {
    const { service, waiting, what } = this;
    this.isSent = true;
    this.end = await runInstanceOperation(
      {
        service,
        backupInstanceId: this.#id,
        what,
        progress,
        begin,
        hasCounted: (seen) => seen !== undefined && hasCounted(seen),
        onAccepted: () => (this.isHeld = true),
      },
      waiting,
    );
  }
}
