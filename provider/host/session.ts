import { Deadline } from "../azure/http/deadline";
import { openClient } from "../azure/account/openClient";
import { RegisteringClient } from "../azure/http/registration";
import { InstanceWatch } from "../dataProtection/instanceWatch";
import { RecoveryService } from "../dataProtection/recovery/recoveryService";
import {
  DataProtectionService,
  apiVersionKey,
  apiVersionProblems,
  defaultApiVersion,
} from "../dataProtection/service";
import type { Waiting } from "../dataProtection/waiting";
import { parseDuration } from "../lifecycle/timeouts";
import type { Timeouts } from "../lifecycle/timeouts";
import type { KeptResources } from "../lifecycle/keptResources";
import { LiveInstances } from "./liveInstances";
import type { Rows } from "./rows";

/** What all instances of one operation share: one client, one token, one memory. */
export interface Session {
  service: DataProtectionService;
  recovery: RecoveryService;
  live: LiveInstances;
  watch: InstanceWatch;
  keptResources: KeptResources;
  rows: Rows;
}

/** The stack's configuration, by keys with their namespace: `azure-native:clientId`. */
export type StackConfig = (key: string) => string | undefined;

/**
 * Opens a session with the credentials and the cloud that azure-native would use.
 *
 * @param mayWrite - Whether the operation has begun to change something, so that what it needs may be registered.
 */
export async function openSession(
  config: StackConfig,
  { keptResources, rows }: Pick<Session, "keptResources" | "rows">,
  mayWrite: () => boolean = () => false,
): Promise<Session> {
  const { client: unregistered } = await openClient(config);
  const client = new RegisteringClient(unregistered, mayWrite, async ({ namespace, subscriptionId }) =>
    rows.say(
      `/subscriptions/${subscriptionId}`,
      `registered the resource provider ${namespace} in subscription ${subscriptionId}, which had no use of it before`,
    ),
  );
  const apiVersion = apiVersionOf(config);
  const service = new DataProtectionService(client, apiVersion);
  const recovery = new RecoveryService(client, apiVersion);
  const watch = new InstanceWatch(service);
  return { service, recovery, live: new LiveInstances(service), watch, keptResources, rows };
}

function apiVersionOf(config: StackConfig): string {
  const apiVersion = config(apiVersionKey) ?? defaultApiVersion;
  for (const { reason } of apiVersionProblems(apiVersion)) {
    throw new Error(reason);
  }
  return apiVersion;
}

/** How long each step may take unless the resource says otherwise: role assignments alone take up to 30 minutes. */
const defaultTimeouts: Required<Timeouts> = { create: "45m", update: "45m", delete: "30m" };

/** What the waits of a step need that starts now: its deadline, and its place in Pulumi's display. */
export function waitingFor(
  { service, rows }: Session,
  step: keyof Timeouts,
  backupInstanceId: string,
  timeouts: Timeouts | undefined,
): Waiting {
  const { clock } = service.client;
  const limit = timeouts?.[step] ?? defaultTimeouts[step];
  return {
    clock,
    deadline: new Deadline(clock, parseDuration(limit) ?? 0, `the ${step} timeout of ${limit}`),
    showProgress: rows.progressOn(backupInstanceId),
  };
}

/** The look at the live state must not hold up an update that may not need it. */
export function lookDeadline({ service }: Session): Deadline {
  return new Deadline(service.client.clock, 30_000, "the limit of 30s for a look at the live state");
}

/** Reading an instance takes one request; this bounds the repetitions of a failing one. */
export function readDeadline({ service }: Pick<Session, "service">): Deadline {
  return new Deadline(service.client.clock, 5 * 60_000, "the read timeout of 5m");
}
