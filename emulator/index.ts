/**
 * Azure Resource Manager for Azure Backup on this machine, for tests: see `emulator/README.md`.
 *
 * @module pulumi-azure-dataprotection/emulator
 */

import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { tenantId } from "./accounts";
import { createCertificate } from "./certificate";
import type { Cloud } from "./cloud";
import { controlOf } from "./control/controlOf";
import { answerControlCall, isControlCall } from "./control/httpControl";
import type { Emulator, EmulatorOptions } from "./emulator";
import { defaultCaller } from "./identity/callers";
import { inVain } from "./faults/inVain";
import { leaveIn } from "./faults/leaveIn";
import { environmentFor } from "./environment";
import type { Exchange } from "./exchange";
import { openFolder } from "./folder";
import type { Folder } from "./folder";
import { recordExchange, toRawAnswer } from "./recordExchange";
import { RequestLog } from "./requestLog";
import { pathOf, respond } from "./resourceManager";
import { listen } from "./server";
import type { RawAnswer, RawRequest } from "./server";
import { createWorld } from "./world";
import type { World } from "./world";

export {
  clientId,
  otherTenantId,
  otherTenantSubscriptionId,
  secondSubscriptionId,
  subscriptionId,
  tenantId,
} from "./accounts";
export { createCertificate } from "./certificate";
export type { Certificate } from "./certificate";
export { resourceManagerBuckets } from "./arm/throttling";
export type { TokenBucket } from "./arm/tokenBuckets";
export type { RegistrationState } from "./records/governance";
export type { LockLevel } from "./arm/lockLevel";
export type { Emulator, EmulatorOptions } from "./emulator";
export { ControlError } from "./control/emulatorControl";
export type {
  CallerCredentials,
  EmulatorControl,
  ErrorDetails,
  InstanceChange,
  JobChange,
  JobOutcomes,
  OperationChange,
  ResourceChange,
} from "./control/emulatorControl";
export type { ProtectionState } from "./dataProtection/protectionState";
export type { Exchange } from "./exchange";
export type {
  Fault,
  FaultAnswer,
  FaultInjection,
  FaultName,
  InjectedFault,
  InVain,
  OperationOutcome,
  ToldByState,
} from "./faults/fault";
export type { CallerRole } from "./identity/callers";
export type { LagInjection } from "./faults/lagPlan";
export type { FederatedCredential } from "./identity/federatedCredentials";
export { durationsInMs } from "./pace";
export type { DurationName } from "./pace";
/** @internal */
export { shortestTimes } from "./shortestTime";
/** @internal */
export type { ProtectionWork, ShortestTimes } from "./shortestTime";
export { prepareStackSettings } from "./stackSettings";
export type { PluginSettings, StackSettings, StackSettingsOptions } from "./stackSettings";

/** Starts an emulator; rejects with the operating system's error when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const world = createWorld(options);
  const folder = openFolder(options.folder);
  try {
    return await startIn(folder, world, options);
  } catch (error) {
    folder.discard();
    throw error;
  }
}

async function startIn(folder: Folder, world: World, options: EmulatorOptions): Promise<Emulator> {
  const { cloud, clock, faults, lags, subscriptionId } = world;
  const certificate = options.certificate ?? createCertificate(folder.path);
  const log = new RequestLog(join(folder.path, "requests.jsonl"));
  const exchanges: Exchange[] = [];
  const keep = (exchange: Exchange): void => {
    exchanges.push(exchange);
    log.append(exchange);
    options.onExchange?.(exchange);
  };

  const control = controlOf(world);
  const controlToken = randomBytes(24).toString("base64url");
  let port = 0;
  const recorded = recordExchange<Cloud>(
    {
      respond: (request, view = cloud) => respond(view, request, port),
      respondInVain: (request, outcome) => inVain(cloud, outcome, () => respond(cloud, request, port)),
      leaveIn: ({ url }, provisioningState) => leaveIn(cloud, pathOf(url), provisioningState),
    },
    clock.now,
    faults,
    lags,
    keep,
  );
  const handle = (request: RawRequest): RawAnswer =>
    isControlCall(request)
      ? toRawAnswer(answerControlCall(control, controlToken, request))
      : recorded(request);
  const listener = await listen(options.port ?? 0, certificate, handle).catch((error: unknown) => {
    log.close();
    throw error;
  });
  port = listener.port;

  const stop = async (): Promise<void> => {
    await listener.close();
    log.close();
    folder.discard();
    world.save();
  };
  let stopping: Promise<void> | undefined;
  const url = `https://127.0.0.1:${port}`;
  return {
    url,
    speed: cloud.pace.speed,
    certificateFile: certificate.file,
    logFile: log.file,
    subscriptionId,
    tenantId,
    environment: environmentFor(
      url,
      subscriptionId,
      cloud.tokens.secretOf(defaultCaller.clientId),
      certificate.file,
    ),
    control,
    controlToken,
    exchanges,
    remainingResourceIds: () => cloud.remainingResourceIds(),
    protectedAt: () => cloud.protectedAt(),
    goOffline: listener.suspend,
    goOnline: listener.resume,
    stop: () => (stopping ??= stop()),
  };
}
