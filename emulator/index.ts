import { mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as accounts from "./accounts";
import { Throttling } from "./arm/throttling";
import { createCertificate } from "./certificate";
import { AdjustableClock } from "./clock";
import { Cloud } from "./cloud";
import { controlOf } from "./control/controlOf";
import type { EmulatorControl } from "./control/emulatorControl";
import type { Exchange } from "./exchange";
import { FaultPlan } from "./faults/faultPlan";
import { TokenIssuer } from "./identity/tokens";
import { Pace } from "./pace";
import type { DurationName } from "./pace";
import { recordExchange } from "./recordExchange";
import { RequestLog } from "./requestLog";
import { respond } from "./resourceManager";
import { listen } from "./server";

export {
  clientId,
  otherTenantId,
  otherTenantSubscriptionId,
  secondSubscriptionId,
  subscriptionId,
  tenantId,
} from "./accounts";
export { resourceManagerBuckets } from "./arm/throttling";
export { ControlError } from "./control/emulatorControl";
export type { EmulatorControl, ErrorDetails, InstanceChange } from "./control/emulatorControl";
export type { Exchange } from "./exchange";
export type { Fault, FaultAnswer, FaultInjection, FaultName, InjectedFault } from "./faults/fault";
export { durationsInMs } from "./pace";
export type { DurationName } from "./pace";

export interface EmulatorOptions {
  /** TCP port on 127.0.0.1; 0 (default) takes a free one. */
  port?: number;
  /** 1 = the service's own pace (default); N = N times faster. */
  speed?: number;
  /** Durations other than those of {@link durationsInMs}, at speed 1: `{ rolePropagation: 600_000 }`. */
  durationsInMs?: Partial<Record<DurationName, number>>;
  /** The subscription that clients are pointed at; default {@link subscriptionId}. */
  subscriptionId?: string;
  /** Answers 429 to a subscription that empties a bucket of Resource Manager's, see {@link resourceManagerBuckets}. @default false */
  enforceThrottling?: boolean;
  /** Folder for the certificate and the request log; default: a new folder under `os.tmpdir()`. */
  folder?: string;
  /** Called after each exchange, with parsed bodies: what conformance tests listen to. */
  onExchange?: (exchange: Exchange) => void;
  /** Milliseconds since the epoch; default `Date.now`. A test that gives its own can jump ahead. */
  now?: () => number;
}

/** A running Resource Manager for backup. */
export interface Emulator {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  readonly speed: number;
  /** PEM file to trust. */
  readonly certificateFile: string;
  /** JSON lines, one `Exchange` each; secrets, tokens and URL signatures are redacted. */
  readonly logFile: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  /** The variables that make Azure tools take the emulator for their cloud. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts the emulator into situations that no request of one client can bring about. */
  readonly control: EmulatorControl;
  /** All exchanges so far, not redacted. */
  readonly exchanges: readonly Exchange[];
  /** Ids of what is still there (resource groups, vaults, soft-deleted instances ...): empty after a clean destroy. */
  remainingResourceIds(): string[];
  /** Closes connections and the log; idempotent. The files stay. */
  stop(): Promise<void>;
}

/** Starts an emulator; rejects with the operating system's error when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const speed = options.speed ?? 1;
  if (!(speed > 0 && Number.isFinite(speed))) {
    throw new RangeError(`The speed must be a positive number, not ${speed}.`);
  }
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "azure-backup-emulator-"));
  mkdirSync(folder, { recursive: true });
  const subscriptionId = options.subscriptionId ?? accounts.subscriptionId;
  const clock = new AdjustableClock(options.now ?? Date.now);
  const tokens = new TokenIssuer(clock.now);
  const pace = new Pace(speed, options.durationsInMs);
  const cloud = new Cloud(
    clock.now,
    pace,
    tokens,
    new accounts.Subscriptions(subscriptionId),
    options.enforceThrottling ? new Throttling(clock.now, pace) : undefined,
  );
  const faults = new FaultPlan();
  const certificate = await createCertificate(folder);
  const log = new RequestLog(join(folder, "requests.jsonl"));
  const exchanges: Exchange[] = [];

  const keep = (exchange: Exchange): void => {
    exchanges.push(exchange);
    log.append(exchange);
    options.onExchange?.(exchange);
  };
  let port = 0;
  const handle = recordExchange((request) => respond(cloud, request, port), clock.now, faults, keep);
  const listener = await listen(options.port ?? 0, certificate, handle).catch((error: unknown) => {
    log.close();
    throw error;
  });
  port = listener.port;

  const url = `https://127.0.0.1:${port}`;
  let stopping: Promise<void> | undefined;
  return {
    url,
    speed,
    certificateFile: certificate.file,
    logFile: log.file,
    subscriptionId,
    tenantId: accounts.tenantId,
    environment: environmentFor(url, subscriptionId, tokens.clientSecret, certificate.file),
    control: controlOf(cloud, faults, clock),
    exchanges,
    remainingResourceIds: () => cloud.remainingResourceIds(),
    stop: () => (stopping ??= listener.close().finally(() => log.close())),
  };
}

/** No `ARM_ENVIRONMENT`: azure-native would take it for the name of a known cloud. */
function environmentFor(
  url: string,
  subscriptionId: string,
  clientSecret: string,
  certificateFile: string,
): Record<string, string> {
  return {
    ARM_TENANT_ID: accounts.tenantId,
    ARM_CLIENT_ID: accounts.clientId,
    ARM_CLIENT_SECRET: clientSecret,
    ARM_SUBSCRIPTION_ID: subscriptionId,
    ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: `${url}/`,
    ARM_RESOURCE_MANAGER_ENDPOINT: url,
    ARM_RESOURCE_MANAGER_AUDIENCE: url,
    ARM_METADATA_HOSTNAME: new URL(url).host,
    ARM_DISABLE_INSTANCE_DISCOVERY: "true",
    NODE_EXTRA_CA_CERTS: certificateFile,
    SSL_CERT_FILE: certificateFile,
    REQUESTS_CA_BUNDLE: certificateFile,
  };
}
