import { Deadline } from "../azure/http/deadline";
import { ArmError } from "../azure/http/errors";
import { isSameResourceId } from "../azure/resourceId";
import { AlreadyProtectedError } from "../dataProtection/alreadyProtected";
import { kindOf } from "../dataProtection/datasourceKinds";
import type { InputProblem } from "../dataProtection/inputProblem";
import { meaningOf, protectionStateOf } from "../dataProtection/protectionState";
import { absenceOf } from "../dataProtection/recovery/restoreTarget";
import type { Refusal } from "../dataProtection/refusals";
import { isOfCaller, isOfVaultRights, isRefusal, isTaken, lacksIdentity } from "../dataProtection/refusals";
import { serviceErrorOf } from "../dataProtection/serviceError";
import { explainFailure } from "../explain/explainFailure";
import type { Session } from "../host/session";
import { refuseForeignClaim } from "../lifecycle/claim";
import { DeclarationRefusedError, problemOf } from "../lifecycle/refusal";
import { refuseOtherInstance, refuseTwin } from "./changes";
import type { CheckedInputs } from "./inputs";
import { findRecoverable } from "./recovery";
import { isSameDatasource } from "./transitions";

const limitInMs = 120_000;

/**
 * Asks whether what is declared could take the place of the old instance, before that is deleted for it: whether vault, policy
 * and datasource are there, nothing else protects the datasource, and the service would protect it. Missing permissions are no
 * objection, since the same update may give them. All of it is about things that are known; what is not, cannot be asked.
 *
 * @returns The objections; none when there are none.
 * @throws Whatever kept the service from answering.
 */
export async function objectionsToReplacement(
  session: Session,
  olds: CheckedInputs,
  news: CheckedInputs,
  isPreview: boolean,
): Promise<InputProblem[]> {
  return new Successor(session, olds, news, isPreview).objections();
}

class Successor {
  readonly #deadline: Deadline;
  readonly #doing: string;
  readonly #datasourceId: string;

  constructor(
    private readonly session: Session,
    private readonly olds: CheckedInputs,
    private readonly news: CheckedInputs,
    private readonly isPreview: boolean,
  ) {
    const { clock } = session.service.client;
    this.#deadline = new Deadline(clock, limitInMs, "the limit of 2m for a question about a replacement");
    this.#doing = `replacing backup instance ${olds.backupInstanceId} by ${news.backupInstanceId}`;
    this.#datasourceId = kindOf(news.datasource).resourceId(news.datasource);
  }

  async objections(): Promise<InputProblem[]> {
    const { rolesFailure } = this.news;
    if (rolesFailure !== undefined) {
      return [{ property: "vaultId", reason: this.#inWords(rolesFailure) }];
    }
    try {
      const isComplete = await this.#mustBeThere();
      await this.#mustBeFree();
      if (isComplete) {
        await this.#mustBeAccepted();
      }
      return [];
    } catch (error) {
      return this.#objectionsIn(error);
    }
  }

  /** Whether all is there that is named; what the program declares and is not there yet will be. */
  async #mustBeThere(): Promise<boolean> {
    const { vaultId, policyId, datasource } = this.news;
    const { service, keptResources } = this.session;
    const named: [property: string, id: string][] = [
      ["vaultId", vaultId],
      ["policyId", policyId],
      [`datasource.${kindOf(datasource).datasourceIdProperty}`, this.#datasourceId],
    ];
    for (const [property, id] of named) {
      const absence = await absenceOf(service.client, id, this.#deadline).catch(unlessRefused);
      if (absence !== undefined && keptResources.isKept(id)) {
        return false;
      }
      if (absence !== undefined) {
        const remedy = `correct ${property}; where this program creates it, give the output that is its id`;
        throw new DeclarationRefusedError(
          property,
          this.#inWords(`${id} is not there: ${remedy}`),
          absence.correlationId,
        );
      }
    }
    return true;
  }

  /** Nothing but the old instance may protect the datasource, and nothing else have the new one's name. */
  async #mustBeFree(): Promise<void> {
    const { session, olds, news } = this;
    const protecting = await session.service
      .listProtecting(this.#datasourceId, this.#deadline)
      .catch(unlessRefused);
    const isOwn = (id: string): boolean =>
      [olds, news].some(({ backupInstanceId }) => isSameResourceId(id, backupInstanceId));
    const other = protecting?.instances.find(
      (instance) => !isOwn(instance.id) && meaningOf(protectionStateOf(instance)) !== "deleted",
    );
    if (other !== undefined) {
      throw new DeclarationRefusedError(
        "datasource",
        this.#inWords(
          `${other.id} protects ${this.#datasourceId}, and a datasource can be protected once only: end that protection first, or ` +
            "leave it to that one",
        ),
        other.correlationId,
      );
    }
    if (isSameResourceId(olds.backupInstanceId, news.backupInstanceId)) {
      return;
    }
    const existing = await session.live.find(news.backupInstanceId, this.#deadline);
    if (existing !== undefined) {
      refuseOtherInstance(existing, news);
      refuseForeignClaim(existing, news, olds);
    } else if (!isSameResourceId(olds.vaultId, news.vaultId)) {
      await refuseTwin(session.live, news, this.#deadline);
    }
  }

  async #mustBeAccepted(): Promise<void> {
    const { service } = this.session;
    const properties = await service.newProperties(this.news, this.#deadline);
    const operation = await service.validate(this.news.vaultId, properties, this.#deadline);
    await operation.wait(this.#deadline, this.#doing);
  }

  /** What of an error is an objection for people; one that is none is thrown again. */
  async #objectionsIn(error: unknown): Promise<InputProblem[]> {
    if (error instanceof DeclarationRefusedError) {
      return [problemOf(error)];
    }
    if (!isRefusal(error) || (this.isPreview && isOfCaller(error))) {
      throw error;
    }
    if (isSameDatasource(this.olds, this.news) && isTaken(error)) {
      return [];
    }
    if (isOfCaller(error) || this.#isCured(error)) {
      return isOfCaller(error) ? [this.#refusedFor(error)] : [];
    }
    return this.#whatIsInTheWay(error);
  }

  /** A soft-deleted instance that may be had back is no objection. */
  async #whatIsInTheWay(refusal: Refusal): Promise<InputProblem[]> {
    try {
      await findRecoverable(this.session.service, refusal, this.news, this.#deadline);
      return [];
    } catch (inTheWay) {
      if (inTheWay instanceof DeclarationRefusedError) {
        return [problemOf(inTheWay)];
      }
      if (inTheWay instanceof AlreadyProtectedError || inTheWay === refusal) {
        return [this.#refusedFor(inTheWay)];
      }
      throw inTheWay;
    }
  }

  /** Whether the same update may give what is missing: permissions, or the snapshot resource group that it declares. */
  #isCured(error: Refusal): boolean {
    const { datasource } = this.news;
    const reason = serviceErrorOf(error.body);
    const groupId = datasource.kind === "disk" ? datasource.snapshotResourceGroupId : "";
    const isGroupToCome =
      reason.code === "UserErrorSnapshotRGNotFound" && this.session.keptResources.isKept(groupId);
    return isGroupToCome || (isOfVaultRights(error) && !lacksIdentity(reason));
  }

  #refusedFor(error: unknown): InputProblem {
    return { property: "datasource", reason: explainFailure(this.#doing, error, this.news) };
  }

  #inWords(reason: string): string {
    return `${this.#doing}: ${reason}. The old protection is left as it is`;
  }
}

/** What the caller may not read cannot be asked; the service's own validation tells then. */
function unlessRefused(error: unknown): undefined {
  if (!(error instanceof ArmError)) {
    throw error;
  }
}
