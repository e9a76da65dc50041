import type { Subscriptions } from "./accounts";
import { RateLimits } from "./arm/rateLimits";
import type { Throttling } from "./arm/throttling";
import type { Clock } from "./clock";
import { Collection } from "./collection";
import { UrlSigner } from "./dataProtection/urlSigner";
import { defaultCaller } from "./identity/callers";
import type { Caller } from "./identity/callers";
import type { TokenIssuer } from "./identity/tokens";
import type { Pace } from "./pace";
import type {
  BackupInstance,
  DeletedBackupInstance,
  LockDelay,
  NextBackup,
  ProtectionFailure,
} from "./records/backupInstance";
import type { ManagementLock, Registration, RoleAssignment, TagDemand } from "./records/governance";
import type { Operation } from "./records/operation";
import type { BackupJob, JobOutcome, RecoveryPoint, RestoreRefusal } from "./records/recovery";
import type {
  BlobContainer,
  BlobService,
  Disk,
  ResourceGroup,
  ResourceGroupDeletion,
  StorageAccount,
  UserAssignedIdentity,
} from "./records/resources";
import type { Task } from "./records/task";
import type {
  BackupPolicy,
  BackupVault,
  DeleteUnlock,
  ResourceGuard,
  ResourceGuardProxy,
} from "./records/vault";
import { Timeline } from "./timeline";
import type { Due } from "./timeline";

/** A cloud as plain data. */
export interface CloudState {
  collections: Record<string, { id: string }[]>;
  principalIds: string[];
  upcoming: Due<Task>[];
}

/** Everything that the emulator knows: the one store. Call `catchUp` before looking at it. */
export class Cloud {
  readonly resourceGroups = new Collection<ResourceGroup>();
  readonly resourceGroupDeletions = new Collection<ResourceGroupDeletion>();
  readonly disks = new Collection<Disk>();
  readonly storageAccounts = new Collection<StorageAccount>();
  readonly blobServices = new Collection<BlobService>();
  readonly blobContainers = new Collection<BlobContainer>();
  readonly userAssignedIdentities = new Collection<UserAssignedIdentity>();
  readonly roleAssignments = new Collection<RoleAssignment>();
  readonly vaults = new Collection<BackupVault>();
  readonly policies = new Collection<BackupPolicy>();
  readonly instances = new Collection<BackupInstance>();
  readonly deletedInstances = new Collection<DeletedBackupInstance>();
  readonly operations = new Collection<Operation>();
  /** By the id of the datasource: how every attempt to protect it ends. */
  readonly protectionFailures = new Collection<ProtectionFailure>();
  readonly recoveryPoints = new Collection<RecoveryPoint>();
  readonly jobs = new Collection<BackupJob>();
  readonly nextBackups = new Collection<NextBackup>();
  readonly jobOutcomes = new Collection<JobOutcome>();
  readonly restoreRefusals = new Collection<RestoreRefusal>();
  readonly resourceGuards = new Collection<ResourceGuard>();
  readonly resourceGuardProxies = new Collection<ResourceGuardProxy>();
  readonly deleteUnlocks = new Collection<DeleteUnlock>();
  readonly locks = new Collection<ManagementLock>();
  readonly lockDelays = new Collection<LockDelay>();
  readonly tagDemands = new Collection<TagDemand>();
  readonly registrations = new Collection<Registration>();
  readonly callers = new Collection<Caller>();
  /** Object ids that the directory knows. */
  readonly principalIds = new Set<string>();
  readonly urlSigner = new UrlSigner();
  readonly rateLimits: RateLimits;
  private readonly timeline = new Timeline<Task>();
  private lookedAt = 0;

  constructor(
    readonly clock: Clock,
    readonly pace: Pace,
    readonly tokens: TokenIssuer,
    readonly subscriptions: Subscriptions,
    /** Lets a task happen that fell due at an instant. */
    private readonly perform: (cloud: Cloud, task: Task, at: number) => void,
    /** Absent where nobody is throttled. */
    readonly throttling?: Throttling,
  ) {
    this.rateLimits = new RateLimits(clock, pace);
    this.callers.put(defaultCaller);
    this.principalIds.add(defaultCaller.id);
  }

  now(): number {
    return this.clock();
  }

  schedule(dueAt: number, task: Task): void {
    this.timeline.schedule(dueAt, task);
  }

  /** Lets everything happen that fell due since the last look. */
  catchUp(): void {
    this.lookedAt = this.now();
    this.timeline.catchUp(this.lookedAt, (task, at) => this.perform(this, task, at));
  }

  /** Whether something has ended that ends at this instant: judged as of the last look, when its effects happened too. */
  hasEnded(endsAt: number): boolean {
    return endsAt <= this.lookedAt;
  }

  /** All that there is and all that will be, but for counts of requests. */
  snapshot(): CloudState {
    this.catchUp();
    return {
      collections: Object.fromEntries(
        this.collections().map(([name, collection]) => [name, collection.all()]),
      ),
      principalIds: [...this.principalIds],
      upcoming: this.timeline.upcoming(),
    };
  }

  /** Adds what a snapshot holds. Operation URLs that were handed out before it lose their signatures' protection. */
  restore({ collections, principalIds, upcoming }: CloudState): void {
    for (const [name, collection] of this.collections()) {
      for (const item of collections[name] ?? []) {
        collection.put(Object.assign({}, item, "isSigned" in item ? { isSigned: false } : {}));
      }
    }
    for (const principalId of principalIds) {
      this.principalIds.add(principalId);
    }
    for (const { dueAt, task } of upcoming) {
      this.schedule(dueAt, task);
    }
  }

  /** Everything as it is now, to be read only: what happens from now on is not seen in it. */
  asItIs(): Cloud {
    this.catchUp();
    const copies = this.collections().map(([name, collection]): [string, PropertyDescriptor] => [
      name,
      { value: collection.copy() },
    ]);
    const inert = { catchUp: { value: () => undefined } };
    return Object.create(this, { ...Object.fromEntries(copies), ...inert }) as Cloud;
  }

  /** Lets something happen, and takes all back but the operations that it began. */
  withoutEffect<Result>(act: () => Result): Result {
    this.catchUp();
    const upcoming = this.timeline.upcoming();
    const before = this.collections()
      .filter(([name]) => name !== "operations" && name !== "resourceGroupDeletions")
      .map(([, collection]) => ({ collection, items: collection.copy() }));
    const result = act();
    before.forEach(({ collection, items }) => collection.replaceWith(items));
    this.timeline.replaceWith(upcoming);
    return result;
  }

  private collections(): [name: string, Collection<{ id: string }>][] {
    return Object.entries(this).filter(([, value]) => value instanceof Collection);
  }

  /** Ids of all resources that a clean destroy would have removed. */
  remainingResourceIds(): string[] {
    this.catchUp();
    return this.resources().flatMap((collection) => collection.all().map(({ id }) => id));
  }

  /** When each backup instance was protected last, by its id. */
  protectedAt(): Map<string, number> {
    this.catchUp();
    const known = this.instances.all().filter(({ protectedAt }) => protectedAt !== undefined);
    return new Map(known.map(({ id, protectedAt }) => [id, protectedAt!]));
  }

  /** Removes a resource group or a resource with all that lies below it or is attached to it. */
  removeTree(id: string): void {
    for (const collection of [...this.resources(), ...this.comingAndGoing()]) {
      collection.delete(id);
      collection.deleteBelow(id);
    }
  }

  private resources(): Pick<Collection<{ id: string }>, "all" | "delete" | "deleteBelow">[] {
    return [
      this.resourceGroups,
      this.disks,
      this.storageAccounts,
      this.blobContainers,
      this.userAssignedIdentities,
      this.roleAssignments,
      this.vaults,
      this.policies,
      this.instances,
      this.deletedInstances,
      this.resourceGuards,
      this.resourceGuardProxies,
      this.locks,
    ];
  }

  /** What comes and goes with a resource above it. */
  private comingAndGoing(): Pick<Collection<{ id: string }>, "delete" | "deleteBelow">[] {
    return [this.blobServices, this.recoveryPoints, this.jobs];
  }
}
