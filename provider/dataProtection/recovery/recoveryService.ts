import type { ArmResponse, ArmSender } from "../../azure/http/armClient";
import type { Deadline } from "../../azure/http/deadline";
import type { AcceptedOperation } from "../../azure/http/longRunning";
import { startOperation } from "../../azure/http/longRunning";
import { asArray, asRecord, text } from "../../azure/json";
import { readPageOf } from "../page";
import type { GuardApproval } from "../resourceGuard";
import { requestsFor } from "../resourceGuard";
import { nonsense } from "../shape";
import type { BackupSchedule } from "./backupSchedule";
import { readSchedule } from "./backupSchedule";
import type { Job } from "./job";
import { readJob, readJobs } from "./job";
import type { RecoveryPoint } from "./recoveryPoint";
import { readRecoveryPoints } from "./recoveryPoint";

/** From when to when blobs of an operational backup can be put back. */
export interface RestorableRange {
  /** ISO 8601. */
  startTime: string;
  /** ISO 8601. */
  endTime: string;
}

/** A vault as it is listed. */
export interface ListedVault {
  /** ARM id. */
  id: string;
}

/** The operations of Microsoft.DataProtection that say what can be recovered, and that recover it. */
export class RecoveryService {
  constructor(
    readonly client: ArmSender,
    private readonly apiVersion: string,
  ) {}

  /** The recovery points of an instance, newest first; none for blobs of an operational backup, see {@link findRestorableRange}. */
  async listRecoveryPoints(backupInstanceId: string, deadline: Deadline): Promise<RecoveryPoint[]> {
    return readRecoveryPoints(await this.#list(`${backupInstanceId}/recoveryPoints`, deadline));
  }

  /**
   * The times to which the blobs of an operational backup can be put back. A range that ends before it starts, with which the
   * service answers what it cannot restore, is none (restorable_time_range_find 2).
   */
  async findRestorableRange(
    backupInstanceId: string,
    deadline: Deadline,
  ): Promise<RestorableRange | undefined> {
    const target = `${backupInstanceId}/findRestorableTimeRanges`;
    const body = { sourceDataStoreType: "OperationalStore" };
    const request = { method: "POST", target, apiVersion: this.apiVersion, body } as const;
    const answer = await this.client.send(request, deadline);
    const ranges = asArray(asRecord(asRecord(answer.body).properties).restorableTimeRanges)
      .map(asRecord)
      .map(({ startTime, endTime }) => ({ startTime: text(startTime) ?? "", endTime: text(endTime) ?? "" }))
      .filter(({ startTime, endTime }) => Date.parse(startTime) < Date.parse(endTime));
    return ranges.at(-1);
  }

  /** Starts a backup by a rule of the policy. Its success means that a job has begun. */
  async backUp(backupInstanceId: string, ruleName: string, deadline: Deadline): Promise<AcceptedOperation> {
    const body = { backupRuleOptions: { ruleName, triggerOption: {} } };
    return this.#start(`${backupInstanceId}/backup`, body, deadline, true);
  }

  /** Asks the service whether it would restore. Changes nothing. */
  async validateRestore(
    backupInstanceId: string,
    restoreRequestObject: object,
    deadline: Deadline,
  ): Promise<AcceptedOperation> {
    return this.#start(`${backupInstanceId}/validateRestore`, { restoreRequestObject }, deadline, false);
  }

  /** Starts a restore. Its success means that a job has begun. */
  async restore(
    backupInstanceId: string,
    request: object,
    deadline: Deadline,
    approval?: GuardApproval,
  ): Promise<AcceptedOperation> {
    const body = { ...request, ...requestsFor(approval) };
    return this.#start(`${backupInstanceId}/restore`, body, deadline, true, approval);
  }

  /** The jobs of a vault that the service still remembers, newest first. */
  async listJobs(vaultId: string, deadline: Deadline): Promise<Job[]> {
    return readJobs(await this.#list(`${vaultId}/backupJobs`, deadline));
  }

  /**
   * A job, with what lists do not tell.
   *
   * @throws {@link NoAnswerError} when the answer names none.
   */
  async getJob(jobId: string, deadline: Deadline): Promise<Job> {
    const answer = await this.#get(jobId, deadline);
    const job = readJob(answer.body);
    if (job === undefined) {
      throw nonsense(answer, "GET", "with something else than a job");
    }
    return job;
  }

  /** When a policy backs up. */
  async getSchedule(policyId: string, deadline: Deadline): Promise<BackupSchedule> {
    return readSchedule((await this.#get(policyId, deadline)).body);
  }

  /** The vaults of a subscription that the caller may read. */
  async listVaults(subscriptionId: string, deadline: Deadline): Promise<ListedVault[]> {
    const target = `/subscriptions/${subscriptionId}/providers/Microsoft.DataProtection/backupVaults`;
    return (await this.#list(target, deadline)).flatMap((vault) => {
      const id = text(asRecord(vault).id);
      return id === undefined ? [] : [{ id }];
    });
  }

  async #get(target: string, deadline: Deadline): Promise<ArmResponse> {
    return this.client.send({ method: "GET", target, apiVersion: this.apiVersion }, deadline);
  }

  async #list(target: string, deadline: Deadline): Promise<unknown[]> {
    const items: unknown[] = [];
    const known = new Set<string>();
    let next: string | undefined = target;
    while (next !== undefined) {
      const page: ReturnType<typeof readPageOf> = readPageOf(await this.#get(next, deadline), known);
      items.push(...page.items);
      next = page.next;
    }
    return items;
  }

  async #start(
    target: string,
    body: unknown,
    deadline: Deadline,
    isOnce: boolean,
    approval?: GuardApproval,
  ): Promise<AcceptedOperation> {
    const { mayCrossTenants } = approval ?? {};
    const request = {
      method: "POST",
      target,
      apiVersion: this.apiVersion,
      body,
      mayCrossTenants,
      isOnce,
    } as const;
    return startOperation(this.client, request, deadline);
  }
}
