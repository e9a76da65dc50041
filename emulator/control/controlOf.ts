import { randomUUID } from "node:crypto";
import { resourceLimits } from "../arm/rateLimits";
import { tagDemandOn } from "../arm/tagDemands";
import { lockIdOf } from "../arm/managementLocks";
import type { Cloud } from "../cloud";
import type { ResourceGuard } from "../records/vault";
import type { World } from "../world";
import * as callers from "./callerControl";
import { ControlError } from "./emulatorControl";
import type { EmulatorControl } from "./emulatorControl";
import * as instances from "./instanceControl";
import { setRegistration } from "./registrationControl";
import * as recovery from "./recoveryControl";
import * as vaults from "./vaultControl";

function setApproval(
  cloud: Cloud,
  guardId: string,
  approval: Pick<ResourceGuard, "withholdsApproval">,
): void {
  const { withholdsApproval: _before, ...guard } = cloud.resourceGuards.get(guardId) ?? notThere(guardId);
  cloud.resourceGuards.put({ ...guard, ...approval });
}

function notThere(guardId: string): never {
  throw new ControlError(`There is no Resource Guard ${guardId}.`);
}

/** The control of one emulator. Each call lets the cloud catch up first, so that it meets the state of now. */
export function controlOf({ cloud, faults, lags, clock, subscriptionId }: World): EmulatorControl {
  const now = (): Cloud => {
    cloud.catchUp();
    return cloud;
  };
  return {
    setInstance: (instanceId, change) => instances.setInstance(now(), instanceId, change),
    setVault: (vaultId, change) => vaults.setVault(now(), vaultId, change),
    setPolicy: (policyId, change) => vaults.setPolicy(now(), policyId, change),
    setOperation: (operationUrl, change) => vaults.setOperation(now(), operationUrl, change),
    breakProtection: (instanceId, errorDetails) => instances.breakProtection(now(), instanceId, errorDetails),
    failProtection: (datasourceId, { protectionState = "ConfiguringProtectionFailed", errorDetails }) =>
      now().protectionFailures.put({
        id: datasourceId,
        state: protectionState,
        error: instances.toUserFacingError(errorDetails),
      }),
    healProtection: (datasourceId) => void now().protectionFailures.delete(datasourceId),
    stopProtection: (instanceId) => instances.pause(now(), instanceId, "ProtectionStopped"),
    suspendBackups: (instanceId) => instances.pause(now(), instanceId, "BackupsSuspended"),
    setJob: (jobId, change) => recovery.setJob(now(), jobId, change),
    endJobs: (instanceId, outcome) => recovery.endJobs(now(), instanceId, outcome),
    refuseRestores: (instanceId, errorDetails) => recovery.refuseRestores(now(), instanceId, errorDetails),
    healRecovery: (instanceId) => recovery.healRecovery(now(), instanceId),
    removeRecoveryPoint: (recoveryPointId) => recovery.removeRecoveryPoint(now(), recoveryPointId),
    softDelete: (instanceId) => instances.softDelete(now(), instanceId),
    removeInstance: (instanceId) => instances.removeInstance(now(), instanceId),
    addLock: (scopeId, level = "CanNotDelete") => {
      const id = lockIdOf(scopeId, `lock-${randomUUID()}`);
      now().locks.put({ id, scope: scopeId, level });
      return id;
    },
    removeLock: (lockId) => {
      if (!now().locks.delete(lockId)) {
        throw new ControlError(`There is no lock ${lockId}.`);
      }
    },
    delayUnlock: (datasourceId, durationInMs) => now().lockDelays.put({ id: datasourceId, durationInMs }),
    withholdApproval: (guardId) => setApproval(now(), guardId, { withholdsApproval: true }),
    giveApproval: (guardId) => setApproval(now(), guardId, {}),
    unbindGuard: (vaultId) => {
      const proxy = now().resourceGuardProxies.below(vaultId)[0];
      if (!proxy) {
        throw new ControlError(`Vault ${vaultId} is bound to no Resource Guard.`);
      }
      now().resourceGuardProxies.delete(proxy.id);
    },
    demandTag: (scopeId, tagName) => {
      const demand = tagDemandOn(scopeId, tagName);
      now().tagDemands.put(demand);
      return demand.id;
    },
    withdrawTagDemand: (assignmentId) => {
      if (!now().tagDemands.delete(assignmentId)) {
        throw new ControlError(`There is no policy assignment ${assignmentId}.`);
      }
    },
    setRegistration: (namespace, state, inSubscriptionId = subscriptionId) =>
      setRegistration(now(), namespace, state, inSubscriptionId),
    addCaller: (roles = []) => callers.addCaller(now(), roles),
    setCallerRoles: (clientId, roles) => callers.setCallerRoles(now(), clientId, roles),
    limitRequests: (limit, bucket) => {
      const known = resourceLimits.find((name) => name === limit);
      if (!known) {
        throw new ControlError(`limit must be one of ${resourceLimits.join(", ")}, not ${limit}.`);
      }
      const { capacity = 1, refillPerSecond = 1 } = bucket ?? {};
      if (!(capacity >= 1 && refillPerSecond > 0)) {
        throw new ControlError("A bucket holds one request at least, and is refilled.");
      }
      now().rateLimits.enforce(known, bucket);
    },
    injectFault: (injection) => faults.inject(injection),
    injectLag: (injection) => lags.inject(injection),
    clearFaults: () => {
      faults.clear();
      lags.clear();
    },
    advance: (durationInMs) => {
      clock.advance(durationInMs);
      cloud.catchUp();
    },
  };
}
