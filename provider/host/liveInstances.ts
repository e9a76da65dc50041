import type { Deadline } from "../azure/http/deadline";
import { canonicalResourceId } from "../azure/resourceId";
import { SharedAnswers } from "../azure/http/sharedAnswers";
import { vaultIdOf } from "../dataProtection/backupInstance";
import type { UnreadInstance } from "../dataProtection/instanceList";
import type { Seen } from "../dataProtection/seen";
import type { DataProtectionService } from "../dataProtection/service";
import type { WireBackupInstance } from "../dataProtection/wire";

/** What a vault's listing showed. */
interface Listing {
  instances: Map<string, Seen<WireBackupInstance>>;
  unread: Seen<UnreadInstance>[];
}

/**
 * The live state of a vault's instances, listed once an operation and shared by all instances of that vault: 500 instances
 * cost three requests. What the listing said holds for an instance until we write to it.
 */
export class LiveInstances {
  readonly #listings = new SharedAnswers<Listing>();
  readonly #written = new Set<string>();
  readonly #gone = new Set<string>();

  constructor(private readonly service: DataProtectionService) {}

  /**
   * The instance, or `undefined` when it is not there, its vault included. A listing that lacks it proves nothing, since lists
   * lag behind: then it is asked for itself.
   */
  async find(backupInstanceId: string, deadline: Deadline): Promise<Seen<WireBackupInstance> | undefined> {
    const key = canonicalResourceId(backupInstanceId);
    if (this.#gone.has(key)) {
      return undefined;
    }
    if (this.#written.has(key)) {
      return this.service.findInstance(backupInstanceId, deadline);
    }
    const { instances } = await this.#listing(vaultIdOf(backupInstanceId), deadline);
    return instances.get(key) ?? this.service.findInstance(backupInstanceId, deadline);
  }

  /** One of a vault's instances that are meant, if there still is one. */
  async findAny(
    vaultId: string,
    isMeant: (instance: WireBackupInstance) => boolean,
    deadline: Deadline,
  ): Promise<Seen<WireBackupInstance> | undefined> {
    const listing = await this.#listing(vaultId, deadline);
    for (const { id } of [...listing.instances.values()].filter(isMeant)) {
      const instance = await this.find(id, deadline);
      if (instance !== undefined && isMeant(instance)) {
        return instance;
      }
    }
    return undefined;
  }

  /** The vault's instances that cannot be read. */
  async findUnread(vaultId: string, deadline: Deadline): Promise<Seen<UnreadInstance>[]> {
    return (await this.#listing(vaultId, deadline)).unread;
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

  async #listing(vaultId: string, deadline: Deadline): Promise<Listing> {
    return this.#listings.get(canonicalResourceId(vaultId), async () => {
      const { instances, unread } = await this.service.listInstances(vaultId, deadline);
      const byId = new Map(instances.map((instance) => [canonicalResourceId(instance.id), instance]));
      return { instances: byId, unread };
    });
  }
}
