import { shortestTimes } from "../../emulator/index";
import type { Evidence, Request, RequestKind, ServiceLoad } from "./evidence";
import { machineTime } from "./fastClock";
import { observe } from "./stage";
import type { EngineMoments, ResourceMoment, Stage } from "./stage";

/** How one instance came to be protected; milliseconds of the service's time from the beginning. */
export interface InstanceStory {
  validations: number[];
  put: number;
  /** When the service had protected it. */
  protected: number;
  /** When the engine had it from the provider. */
  done: number;
}

/** How long it took to protect so many instances; milliseconds of the service's time, unless they are the machine's. */
export interface ProtectionFigures {
  instanceCount: number;
  assignsRoles: boolean;
  parallel?: number;
  shortestInMs: number;
  measuredInMs: number;
  ratio: number;
  /** From the call of `pulumi up` to the beginning. */
  engineStartInMs: number;
  lagInMs: { median: number; worst: number };
  requestsPerInstance: Partial<Record<RequestKind, number>>;
  refusedByBuckets: number;
  host: HostFigures;
  serviceLoad: ServiceLoad;
  stories: InstanceStory[];
  /** When each would be protected at the earliest, soonest first. */
  shortestStories: number[];
}

/** The host of dynamic resources: from the start of its process, in milliseconds of the machine's time. */
export interface HostFigures {
  /** Until it told the engine where it listens: the part that is Pulumi's. */
  listeningInMachineMs: number;
  /** Until the service got the first request; not known where azure-native asks it too. */
  firstRequestInMachineMs?: number;
  peakMemoryInBytes: number;
}

export interface ProtectionOptions {
  instanceCount: number;
  assignsRoles: boolean;
  /** How many resources the engine works on at once. @default as many as it likes: four a processor */
  parallel?: number;
}

/** Protects all new disks of a stage in one update. */
export async function measureProtection(
  { stack, emulator, clock, hostNote, signal }: Stage,
  options: ProtectionOptions,
): Promise<ProtectionFigures> {
  const { parallel } = options;
  const moments = await observe(clock, (observed) =>
    stack.up({ ...observed, ...(parallel === undefined ? {} : { parallel }), signal }),
  );
  const evidence = await emulator.evidence();
  const { startedAt, listeningAt, peakMemoryInBytes } = hostNote();
  const firstRequestAt = Math.min(...evidence.requests.map(({ at }) => at));
  return {
    ...options,
    ...figuresOf(options, moments, evidence),
    host: {
      listeningInMachineMs: listeningAt - startedAt,
      ...(options.assignsRoles
        ? {}
        : { firstRequestInMachineMs: machineTime(clock, firstRequestAt) - startedAt }),
      peakMemoryInBytes,
    },
  };
}

/** What the engine's moments and the service's evidence say together. */
export function figuresOf(
  { instanceCount, assignsRoles }: Pick<ProtectionOptions, "instanceCount" | "assignsRoles">,
  moments: EngineMoments,
  evidence: Evidence,
): Omit<ProtectionFigures, keyof ProtectionOptions | "host"> {
  if (evidence.protectedAt.length !== instanceCount) {
    throw new Error(
      `measuring protection: ${evidence.protectedAt.length} of ${instanceCount} disks were protected`,
    );
  }
  const begunAt = Math.min(...moments.begun.filter(isOnService).map(({ at }) => at));
  const stories = storiesOf(moments, evidence, begunAt);
  const shortest = shortestTimes({ instanceCount, assignsRoles, enforceThrottling: true });
  const shortestInMs = Math.max(...shortest.protected);
  const measuredInMs = Math.max(...stories.map(({ done }) => done));
  const lags = stories.map((story) => story.done - story.protected).sort((one, other) => one - other);
  return {
    shortestInMs,
    measuredInMs,
    ratio: measuredInMs / shortestInMs,
    engineStartInMs: begunAt - moments.calledAt,
    lagInMs: { median: lags[Math.floor(lags.length / 2)] ?? NaN, worst: lags.at(-1) ?? NaN },
    requestsPerInstance: requestsPerInstance(evidence.requests, instanceCount),
    refusedByBuckets: evidence.requests.filter(({ status }) => status === 429).length,
    serviceLoad: evidence.load,
    stories,
    shortestStories: [...shortest.protected].sort((one, other) => one - other),
  };
}

/** Whether it is something that the service holds, and no stack, provider or component. */
function isOnService({ type }: ResourceMoment): boolean {
  return !/^pulumi:|^azure-dataprotection:/.test(type);
}

function storiesOf({ done }: EngineMoments, evidence: Evidence, begunAt: number): InstanceStory[] {
  const doneAt = new Map(done.map(({ id, at }) => [id.toLowerCase(), at]));
  const asked = groupBy(evidence.requests, ({ diskId }) => diskId ?? "");
  const ofInstance = new Map(
    [...asked.values()].flatMap((requests) => {
      const put = requests.find(({ kind, status }) => kind === "PUT" && status < 300);
      return put?.instanceId ? [[put.instanceId.toLowerCase(), { put, requests }] as const] : [];
    }),
  );
  return evidence.protectedAt.map(([instanceId, at]) => {
    const { put, requests } = ofInstance.get(instanceId.toLowerCase())!;
    return {
      validations: requests.filter(({ kind }) => kind === "validate").map((request) => request.at - begunAt),
      put: put.at - begunAt,
      protected: at - begunAt,
      done: (doneAt.get(instanceId.toLowerCase()) ?? NaN) - begunAt,
    };
  });
}

function requestsPerInstance(
  requests: readonly Request[],
  instanceCount: number,
): ProtectionFigures["requestsPerInstance"] {
  const byKind = groupBy(requests, ({ kind }) => kind);
  return Object.fromEntries([...byKind].map(([kind, { length }]) => [kind, length / instanceCount]));
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key) ?? [];
    group.push(item);
    groups.set(key, group);
  }
  return groups;
}
