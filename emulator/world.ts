import * as accounts from "./accounts";
import { resourceLimits } from "./arm/rateLimits";
import { Throttling } from "./arm/throttling";
import { AdjustableClock } from "./clock";
import { Cloud } from "./cloud";
import type { EmulatorOptions } from "./emulator";
import { FaultPlan } from "./faults/faultPlan";
import { LagPlan } from "./faults/lagPlan";
import { checkPublicKeys } from "./identity/federatedCredentials";
import { TokenIssuer } from "./identity/tokens";
import { Pace } from "./pace";
import { loadState, saveState } from "./stateFile";
import { perform } from "./tasks";

/** What one emulator consists of, server aside. */
export interface World {
  clock: AdjustableClock;
  cloud: Cloud;
  faults: FaultPlan;
  lags: LagPlan<Cloud>;
  subscriptionId: string;
  /** Writes the state file, if there is to be one. */
  save(): void;
}

export function createWorld(options: EmulatorOptions): World {
  const {
    speed = 1,
    subscriptionId = accounts.subscriptionId,
    stateFile,
    federatedCredentials = [],
  } = options;
  if (!(speed > 0 && Number.isFinite(speed))) {
    throw new RangeError(`The speed must be a positive number, not ${speed}.`);
  }
  checkPublicKeys(federatedCredentials);
  const clock = new AdjustableClock(options.now ?? Date.now);
  const pace = new Pace(speed, options.durationsInMs);
  const cloud = new Cloud(
    clock.now,
    pace,
    new TokenIssuer(clock.now, federatedCredentials),
    new accounts.Subscriptions(subscriptionId),
    perform,
    options.enforceThrottling ? new Throttling(clock.now, pace) : undefined,
  );
  if (options.enforceRequestLimits) {
    resourceLimits.forEach((limit) => cloud.rateLimits.enforce(limit));
  }
  if (stateFile) {
    loadState(stateFile, cloud, clock);
  }
  const save = (): void => {
    if (stateFile) {
      saveState(stateFile, cloud, clock);
    }
  };
  const lags = new LagPlan(() => cloud.asItIs(), clock.now);
  return { clock, cloud, faults: new FaultPlan(), lags, subscriptionId, save };
}
