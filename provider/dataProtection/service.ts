import type { ArmResponse, ArmSender } from "../azure/http/armClient";
import type { Deadline } from "../azure/http/deadline";
import { ArmError, isNotFound } from "../azure/http/errors";
import type { AcceptedOperation } from "../azure/http/longRunning";
import { startOperation } from "../azure/http/longRunning";
import { canonicalResourceId } from "../azure/resourceId";
import { SharedAnswers } from "../azure/http/sharedAnswers";
import type { DesiredInstance } from "./backupInstance";
import { newProperties } from "./backupInstance";
import type { InputProblem } from "./inputProblem";
import type { InstanceList } from "./instanceList";
import type { Pause, Resumption } from "./protectionState";
import type { GuardApproval } from "./resourceGuard";
import { requestsFor } from "./resourceGuard";
import type { Seen } from "./seen";
import { seenIn } from "./seen";
import type { SoftDeletion, VaultSafeguards } from "./vaultSafeguards";
import { isGuarded, readSoftDeletion, readVaultSafeguards } from "./vaultSafeguards";
import type { WireBackupInstance, WireBackupInstanceProperties, WireDeletedBackupInstance } from "./wire";
import { readInstance, readPage, readVaultLocation } from "./wireReading";

/**
 * The last stable api-version before the service forces soft delete upon every vault that is written with it; it has
 * all that is used here (facts, section 1.2).
 */
export const defaultApiVersion = "2025-07-01";

/** Where a stack chooses another api-version. */
export const apiVersionKey = "azure-dataprotection:apiVersion";

/** What is wrong with the api-version that a stack has chosen. */
export function apiVersionProblems(apiVersion: string): InputProblem[] {
  const reason =
    `the stack's configuration ${apiVersionKey} is "${apiVersion}", which is no api-version; \`pulumi config set ` +
    `${apiVersionKey} ${defaultApiVersion}\` sets one, \`pulumi config rm ${apiVersionKey}\` removes it`;
  return /^\d{4}-\d{2}-\d{2}(-preview)?$/.test(apiVersion) ? [] : [{ property: "", reason }];
}

/** How many items the service puts on a page of a list (seen in azure-powershell#18904). */
export const itemsOfPage = 200;

/** The operations of Microsoft.DataProtection that a backup instance lives by. */
export class DataProtectionService {
  readonly #vaults = new SharedAnswers<ArmResponse>();
  readonly #vaultSafeguards = new SharedAnswers<VaultSafeguards>();

  constructor(
    readonly client: ArmSender,
    private readonly apiVersion: string,
  ) {}

  /**
   * The instance.
   *
   * @throws {@link ArmError} also when it, its vault or their resource group is not there.
   */
  async getInstance(backupInstanceId: string, deadline: Deadline): Promise<Seen<WireBackupInstance>> {
    return readInstance(await this.#get(backupInstanceId, deadline));
  }

  /** The instance, or `undefined` when it, its vault or their resource group is not there. */
  async findInstance(
    backupInstanceId: string,
    deadline: Deadline,
  ): Promise<Seen<WireBackupInstance> | undefined> {
    return unlessNotFound(this.getInstance(backupInstanceId, deadline));
  }

  /** Asks the service whether it would protect the datasource. Changes nothing. */
  async validate(
    vaultId: string,
    properties: WireBackupInstanceProperties,
    deadline: Deadline,
  ): Promise<AcceptedOperation> {
    return this.#start("POST", `${vaultId}/validateForBackup`, deadline, { backupInstance: properties });
  }

  /**
   * Creates or replaces an instance. Its success does not mean that anything is protected yet.
   *
   * @throws {@link NoAnswerError} also when the answer does not show the instance: then the service may hold it or not.
   */
  async put(
    backupInstanceId: string,
    { properties, ...instance }: { properties: WireBackupInstanceProperties; tags?: Record<string, string> },
    deadline: Deadline,
    approval?: GuardApproval,
  ): Promise<{ operation: AcceptedOperation; instance: WireBackupInstance | undefined }> {
    const body = { ...instance, properties: { ...properties, ...requestsFor(approval) } };
    const operation = await this.#start("PUT", backupInstanceId, deadline, body, approval);
    const { accepted } = operation;
    const isShown = accepted.statusCode === 200 || accepted.statusCode === 201;
    return { operation, instance: isShown ? readInstance(accepted, "PUT") : undefined };
  }

  /** Deletes an instance with its recovery points, or moves it to the deleted ones where the vault has soft delete on. */
  async delete(
    backupInstanceId: string,
    deadline: Deadline,
    approval?: GuardApproval,
  ): Promise<AcceptedOperation> {
    return this.#start("DELETE", backupInstanceId, deadline, undefined, approval);
  }

  /** Whether the api-version has a validation of changes: since 2023-11-01. */
  get canValidateChanges(): boolean {
    return this.apiVersion >= "2023-11-01";
  }

  /** Asks the service whether it would change an instance so. Changes nothing. */
  async validateChange(
    backupInstanceId: string,
    properties: WireBackupInstanceProperties,
    deadline: Deadline,
  ): Promise<AcceptedOperation> {
    return this.#start("POST", `${backupInstanceId}/validateForModifyBackup`, deadline, {
      backupInstance: properties,
    });
  }

  /** Whether the api-version has a place for the approval of a guard in what is done to instances: since 2024-04-01. */
  get canNameApprovals(): boolean {
    return this.apiVersion >= "2024-04-01";
  }

  /** Stops or suspends the backups of an instance, or takes them up again. */
  async act(
    backupInstanceId: string,
    action: Resumption | Pause,
    deadline: Deadline,
    approval?: GuardApproval,
  ): Promise<AcceptedOperation> {
    return this.#start("POST", `${backupInstanceId}/${action}`, deadline, requestsFor(approval), approval);
  }

  /** Has the vault's Resource Guard let a resource be deleted, for half an hour: a deletion has no body to name approvals in. */
  async unlockDelete(
    vaultId: string,
    resourceId: string,
    approval: GuardApproval,
    deadline: Deadline,
  ): Promise<void> {
    const body = { ...requestsFor(approval), resourceToBeDeleted: resourceId };
    await this.#start("POST", `${vaultId}${guardProxy}/unlockDelete`, deadline, body, approval);
  }

  /**
   * What keeps the vault's backups from being lost, asked once for all instances of an operation; `undefined` when the
   * vault may not be read.
   */
  async findSafeguards(vaultId: string, deadline: Deadline): Promise<VaultSafeguards | undefined> {
    return unlessRefused(
      this.#vaultSafeguards.get(canonicalResourceId(vaultId), async () => {
        const { body: vault } = await this.#vault(vaultId, deadline);
        const proxy = isGuarded(vault)
          ? await unlessNotFound(this.#get(`${vaultId}${guardProxy}`, deadline))
          : undefined;
        return readVaultSafeguards(vault, proxy?.body, this.#forcesSoftDeletion);
      }),
    );
  }

  /** Whether, and for how long, the vault keeps what is deleted; `undefined` when the vault may not be read. */
  async findSoftDeletion(vaultId: string, deadline: Deadline): Promise<Seen<SoftDeletion> | undefined> {
    const vault = await unlessRefused(this.#vault(vaultId, deadline));
    return vault && seenIn(vault.headers, readSoftDeletion(vault.body, this.#forcesSoftDeletion));
  }

  /** From this api-version on the service soft-deletes whatever the vault's settings say (facts, section 4.1). */
  get #forcesSoftDeletion(): boolean {
    return this.apiVersion >= "2025-09-01";
  }

  /** The instances of a vault; none when the vault is not there. */
  async listInstances(vaultId: string, deadline: Deadline): Promise<InstanceList> {
    return this.#list(`${vaultId}/backupInstances`, deadline);
  }

  /** The instances that protect a datasource, in whichever vault: those that the caller may read. */
  async listProtecting(datasourceId: string, deadline: Deadline): Promise<InstanceList> {
    const target = `${datasourceId}/providers/Microsoft.DataProtection/backupInstances`;
    return this.#list(target, deadline);
  }

  /** The soft-deleted instances of a vault; none when the vault is not there. */
  async listDeleted(vaultId: string, deadline: Deadline): Promise<InstanceList<WireDeletedBackupInstance>> {
    return this.#list(`${vaultId}/deletedBackupInstances`, deadline);
  }

  /** The soft-deleted form of an instance, or `undefined` when there is none. */
  async findDeleted(
    backupInstanceId: string,
    deadline: Deadline,
  ): Promise<WireDeletedBackupInstance | undefined> {
    const answer = await unlessNotFound(this.#get(deletedIdOf(backupInstanceId), deadline));
    return answer && readInstance(answer);
  }

  /** Brings a soft-deleted instance back, with its recovery points, as one whose protection is stopped. */
  async undelete(backupInstanceId: string, deadline: Deadline): Promise<AcceptedOperation> {
    return this.#start("POST", `${deletedIdOf(backupInstanceId)}/undelete`, deadline);
  }

  /** Asks the service to bring an instance into a valid state: what the portal calls "fix protection error". */
  async sync(backupInstanceId: string, deadline: Deadline): Promise<AcceptedOperation> {
    return this.#start("POST", `${backupInstanceId}/sync`, deadline, { syncType: "Default" });
  }

  /** The properties of a new instance, in the vault's region where the datasource names none. */
  async newProperties(desired: DesiredInstance, deadline: Deadline): Promise<WireBackupInstanceProperties> {
    const location = desired.datasource.location ?? (await this.vaultLocation(desired.vaultId, deadline));
    return newProperties(desired, location);
  }

  /** The region of a vault, asked once for all instances of an update. */
  async vaultLocation(vaultId: string, deadline: Deadline): Promise<string> {
    return readVaultLocation(await this.#vault(vaultId, deadline));
  }

  /** Has the vault asked for its settings again, since they were changed. */
  forgetVault(vaultId: string): void {
    this.#vaults.forget(canonicalResourceId(vaultId));
    this.#vaultSafeguards.forget(canonicalResourceId(vaultId));
  }

  /** An answer that describes no vault is not kept for the others. */
  async #vault(vaultId: string, deadline: Deadline): Promise<ArmResponse> {
    return this.#vaults.get(canonicalResourceId(vaultId), async () => {
      const answer = await this.#get(vaultId, deadline);
      readVaultLocation(answer);
      return answer;
    });
  }

  /** The service pages its lists, see {@link itemsOfPage}. */
  async #list(target: string, deadline: Deadline): Promise<InstanceList<WireDeletedBackupInstance>> {
    const list: InstanceList<WireDeletedBackupInstance> = { instances: [], unread: [] };
    const asked = new Set<string>();
    let answer = await unlessNotFound(this.#get(target, deadline));
    while (answer !== undefined) {
      const { instances, unread, next } = readPage(answer, asked);
      list.instances.push(...instances);
      list.unread.push(...unread);
      answer = next === undefined ? undefined : await this.#get(next, deadline);
    }
    return list;
  }

  async #get(target: string, deadline: Deadline): Promise<ArmResponse> {
    return this.client.send({ method: "GET", target, apiVersion: this.apiVersion }, deadline);
  }

  async #start(
    method: "PUT" | "POST" | "DELETE",
    target: string,
    deadline: Deadline,
    body?: unknown,
    approval?: GuardApproval,
  ): Promise<AcceptedOperation> {
    const { apiVersion } = this;
    const { mayCrossTenants } = approval ?? {};
    return startOperation(this.client, { method, target, apiVersion, body, mayCrossTenants }, deadline);
  }
}

/** What binds a vault to a Resource Guard: the name is fixed. */
const guardProxy = "/backupResourceGuardProxies/DppResourceGuardProxy";

/** An answer that one can do without where Resource Manager refuses it. */
async function unlessRefused<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  return unless((error) => error instanceof ArmError, asked);
}

async function unlessNotFound<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  return unless(isNotFound, asked);
}

async function unless<Answer>(
  isExpected: (error: unknown) => boolean,
  asked: Promise<Answer>,
): Promise<Answer | undefined> {
  return asked.catch((error: unknown) => {
    if (isExpected(error)) {
      return undefined;
    }
    throw error;
  });
}

function deletedIdOf(backupInstanceId: string): string {
  return backupInstanceId.replace(/\/backupInstances\/([^/]+)$/i, "/deletedBackupInstances/$1");
}
