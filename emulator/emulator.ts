import type { Certificate } from "./certificate";
import type { EmulatorControl } from "./control/emulatorControl";
import type { Exchange } from "./exchange";
import type { FederatedCredential } from "./identity/federatedCredentials";
import type { DurationName } from "./pace";

/** How an emulator is started. */
export interface EmulatorOptions {
  /** TCP port on 127.0.0.1; 0 (default) takes a free one. */
  port?: number;
  /** 1 = the service's own pace (default); N = N times faster. */
  speed?: number;
  /** Durations other than those of `durationsInMs`, at speed 1: `{ rolePropagation: 600_000 }`. */
  durationsInMs?: Partial<Record<DurationName, number>>;
  /** The subscription that clients are pointed at; default the exported `subscriptionId`. */
  subscriptionId?: string;
  /** Answers 429 to a subscription that empties a bucket of Resource Manager's, see `resourceManagerBuckets`. @default false */
  enforceThrottling?: boolean;
  /**
   * Answers 429 to a subscription that empties a bucket of Azure Backup's own, of the size that recordings show: 200 PUTs of instances, 100 writes
   * of vaults. How fast they fill is not on record. @default false
   */
  enforceRequestLimits?: boolean;
  /** Whose tokens clients may sign in with instead of the secret, as a pipeline does. @default any JWT will do, unchecked */
  federatedCredentials?: readonly FederatedCredential[];
  /** The server's certificate, for processes that must trust it before they start an emulator. @default a new one */
  certificate?: Certificate;
  /** Keeps the certificate and the request log. @default a new folder under `os.tmpdir()`, removed at the stop */
  folder?: string;
  /** Loaded at the start if it is there, and written at the stop. */
  stateFile?: string;
  /** Called after each exchange, with parsed bodies: what conformance tests listen to. */
  onExchange?: (exchange: Exchange) => void;
  /** Milliseconds since the epoch; default `Date.now`. A test that gives its own can jump ahead. */
  now?: () => number;
}

/** A running Resource Manager for backup. */
export interface Emulator {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** How many times faster than the service it is. */
  readonly speed: number;
  /** PEM file to trust. */
  readonly certificateFile: string;
  /** JSON lines, one `Exchange` each; secrets, tokens and URL signatures are redacted. Outlives the stop in a folder of one's own. */
  readonly logFile: string;
  /** The subscription that clients are pointed at. */
  readonly subscriptionId: string;
  /** The tenant of that subscription. */
  readonly tenantId: string;
  /** The variables that make Azure tools take the emulator for their cloud. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts the emulator into situations that no request of one client can bring about. */
  readonly control: EmulatorControl;
  /** The secret that opens the same control over HTTP. */
  readonly controlToken: string;
  /** All exchanges so far, not redacted. */
  readonly exchanges: readonly Exchange[];
  /** Ids of what is still there (resource groups, vaults, soft-deleted instances ...): empty after a clean destroy. */
  remainingResourceIds: () => string[];
  /** When each backup instance was protected last, by its id, in milliseconds of the emulator's clock. */
  protectedAt(): ReadonlyMap<string, number>;
  /** Refuses connections from now on, as a server that is down; what was asked before is answered yet. */
  goOffline(): void;
  /** Ends {@link goOffline}. */
  goOnline(): Promise<void>;
  /** Closes connections and the log; idempotent. The files stay. */
  stop(): Promise<void>;
}
