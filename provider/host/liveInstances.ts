import type { Deadline } from "../azure/http/deadline";
import { canonicalResourceId } from "../azure/resourceId";
import { SharedAnswers } from "../azure/http/sharedAnswers";
import { vaultIdOf } from "../dataProtection/backupInstance";
import type { Seen } from "../dataProtection/seen";
import type { DataProtectionService } from "../dataProtection/service";
import type { WireBackupInstance } from "../dataProtection/wire";

/**
 * The live state of a vault's instances, listed once an operation and shared by all instances of that vault: 500 instances
 * cost three requests. What the listing said holds for an instance until we write to it.
 */
export class LiveInstances {
  readonly #listings = new SharedAnswers<Map<string, Seen<WireBackupInstance>>>();
  readonly #written = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(private readonly service: DataProtectionService) {}

  /** The instance, or `undefined` when it is not there, its vault included. */
  async find(backupInstanceId: string, deadline: Deadline): Promise<Seen<WireBackupInstance> | undefined> {
    const key = canonicalResourceId(backupInstanceId);
    if (this.#gone.has(key)) {
      return undefined;
    }
    if (this.#written.has(key)) {
      return this.service.findInstance(backupInstanceId, deadline);
    }
    const listing = await this.#listing(vaultIdOf(backupInstanceId), deadline);
    return listing.get(key);
  }

  /** One of a vault's instances that are meant, if there still is one. */
  async findAny(
    vaultId: string,
    isMeant: (instance: WireBackupInstance) => boolean,
    deadline: Deadline,
  ): Promise<Seen<WireBackupInstance> | undefined> {
    const listing = await this.#listing(vaultId, deadline);
    for (const { id } of [...listing.values()].filter(isMeant)) {
      const instance = await this.find(id, deadline);
      if (instance !== undefined && isMeant(instance)) {
        return instance;
      }
    }
    return undefined;
  }

  /** Says that we are about to change an instance, so that it is looked at itself from now on. */
  willWrite(backupInstanceId: string): void {
    this.#written.add(canonicalResourceId(backupInstanceId));
    this.#gone.delete(canonicalResourceId(backupInstanceId));
  }

  /** Says that an instance was seen to be gone after we deleted it. */
  wasDeleted(backupInstanceId: string): void {
    this.#gone.add(canonicalResourceId(backupInstanceId));
  }

  async #listing(vaultId: string, deadline: Deadline): Promise<Map<string, Seen<WireBackupInstance>>> {
    return this.#listings.get(canonicalResourceId(vaultId), async () => {
      const instances = await this.service.listInstances(vaultId, deadline);
      return new Map(instances.map((instance) => [canonicalResourceId(instance.id), instance]));
    });
  }
}
