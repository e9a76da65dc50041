import type { CallerRole } from "../identity/callers";
import type { Fault } from "../faults/fault";
import type { RegistrationState } from "../records/governance";
import type { Fields } from "./commandFields";
import { ControlError } from "./emulatorControl";
import type {
  EmulatorControl,
  ErrorDetails,
  InstanceChange,
  JobChange,
  JobOutcomes,
  OperationChange,
  ResourceChange,
} from "./emulatorControl";

/** A call of the control over HTTP. */
interface Command {
  fields: Fields;
  /** Takes a body that has been checked against the fields. */
  run: (control: EmulatorControl, body: unknown) => object | void;
}

function command<Body>(
  fields: Fields,
  run: (control: EmulatorControl, body: Body) => object | void,
): Command {
  return { fields, run: (control, body) => run(control, body as Body) };
}

type OfInstance = { instanceId: string };
type OfDatasource = { datasourceId: string };
type OfGuard = { guardId: string };

const instance: Fields = { instanceId: "id" };
const datasource: Fields = { datasourceId: "id" };
const guard: Fields = { guardId: "id" };
const callerRole: Fields = { role: "text", scopeId: "id" };
const errorDetails: Fields = {
  code: "text",
  message: "text",
  "recommendedAction?": "texts",
  "detailedMessage?": "text",
  "isRetryable?": "boolean",
  "isUserError?": "boolean",
};

/** The calls of {@link EmulatorControl} by their names. */
export const commands: Readonly<Record<string, Command>> = {
  setInstance: command<OfInstance & InstanceChange>(
    {
      ...instance,
      "protectionState?": "text",
      "errorDetails?": errorDetails,
      "provisioningState?": "text",
      "wasProtected?": "boolean",
      "policyId?": "id",
      "shownAs?": "object",
      "settlesTo?": { protectionState: "text", "errorDetails?": errorDetails, afterInMs: "number" },
    },
    (control, { instanceId, ...change }) => control.setInstance(instanceId, change),
  ),
  setVault: command<{ vaultId: string } & ResourceChange>(
    { vaultId: "id", shownAs: "object" },
    (control, { vaultId, ...change }) => control.setVault(vaultId, change),
  ),
  setPolicy: command<{ policyId: string } & ResourceChange>(
    { policyId: "id", shownAs: "object" },
    (control, { policyId, ...change }) => control.setPolicy(policyId, change),
  ),
  setOperation: command<{ operationUrl: string } & OperationChange>(
    { operationUrl: "text", status: "text", "errorDetails?": errorDetails },
    (control, { operationUrl, ...change }) => control.setOperation(operationUrl, change),
  ),
  breakProtection: command<OfInstance & { errorDetails?: ErrorDetails }>(
    { ...instance, "errorDetails?": errorDetails },
    (control, body) => control.breakProtection(body.instanceId, body.errorDetails),
  ),
  failProtection: command<OfDatasource & { protectionState?: string; errorDetails: ErrorDetails }>(
    { ...datasource, "protectionState?": "text", errorDetails },
    (control, { datasourceId, ...failure }) => control.failProtection(datasourceId, failure),
  ),
  healProtection: command<OfDatasource>(datasource, (control, { datasourceId }) =>
    control.healProtection(datasourceId),
  ),
  stopProtection: command<OfInstance>(instance, (control, { instanceId }) =>
    control.stopProtection(instanceId),
  ),
  suspendBackups: command<OfInstance>(instance, (control, { instanceId }) =>
    control.suspendBackups(instanceId),
  ),
  setJob: command<{ jobId: string } & JobChange>(
    { jobId: "id", status: "text", "errorDetails?": errorDetails },
    (control, { jobId, ...change }) => control.setJob(jobId, change),
  ),
  endJobs: command<OfInstance & JobOutcomes>(
    {
      ...instance,
      operation: "text",
      status: "text",
      "errorDetails?": errorDetails,
      "hasNoEffect?": "boolean",
    },
    (control, { instanceId, ...outcome }) => control.endJobs(instanceId, outcome),
  ),
  refuseRestores: command<OfInstance & { errorDetails: ErrorDetails }>(
    { ...instance, errorDetails },
    (control, body) => control.refuseRestores(body.instanceId, body.errorDetails),
  ),
  healRecovery: command<OfInstance>(instance, (control, { instanceId }) => control.healRecovery(instanceId)),
  removeRecoveryPoint: command<{ recoveryPointId: string }>(
    { recoveryPointId: "id" },
    (control, { recoveryPointId }) => control.removeRecoveryPoint(recoveryPointId),
  ),
  softDelete: command<OfInstance>(instance, (control, { instanceId }) => control.softDelete(instanceId)),
  removeInstance: command<OfInstance>(instance, (control, { instanceId }) =>
    control.removeInstance(instanceId),
  ),
  addLock: command<{ scopeId: string; level?: string }>(
    { scopeId: "id", "level?": "text" },
    (control, { scopeId, level = "CanNotDelete" }) => {
      if (level !== "CanNotDelete" && level !== "ReadOnly") {
        throw new ControlError(`addLock.level must be CanNotDelete or ReadOnly, not ${level}.`);
      }
      return { lockId: control.addLock(scopeId, level) };
    },
  ),
  removeLock: command<{ lockId: string }>({ lockId: "id" }, (control, { lockId }) =>
    control.removeLock(lockId),
  ),
  delayUnlock: command<OfDatasource & { durationInMs: number }>(
    { ...datasource, durationInMs: "number" },
    (control, { datasourceId, durationInMs }) => control.delayUnlock(datasourceId, durationInMs),
  ),
  withholdApproval: command<OfGuard>(guard, (control, { guardId }) => control.withholdApproval(guardId)),
  giveApproval: command<OfGuard>(guard, (control, { guardId }) => control.giveApproval(guardId)),
  unbindGuard: command<{ vaultId: string }>({ vaultId: "id" }, (control, { vaultId }) =>
    control.unbindGuard(vaultId),
  ),
  demandTag: command<{ scopeId: string; tagName: string }>(
    { scopeId: "id", tagName: "text" },
    (control, { scopeId, tagName }) => ({ assignmentId: control.demandTag(scopeId, tagName) }),
  ),
  withdrawTagDemand: command<{ assignmentId: string }>({ assignmentId: "id" }, (control, { assignmentId }) =>
    control.withdrawTagDemand(assignmentId),
  ),
  setRegistration: command<{ namespace: string; state: string; subscriptionId?: string }>(
    { namespace: "text", state: "text", "subscriptionId?": "text" },
    (control, { namespace, state, subscriptionId }) =>
      control.setRegistration(namespace, state as RegistrationState, subscriptionId),
  ),
  addCaller: command<{ roles?: CallerRole[] }>({ "roles?": [callerRole] }, (control, { roles }) =>
    control.addCaller(roles),
  ),
  setCallerRoles: command<{ clientId: string; roles: CallerRole[] }>(
    { clientId: "text", roles: [callerRole] },
    (control, { clientId, roles }) => control.setCallerRoles(clientId, roles),
  ),
  limitRequests: command<{ limit: string; capacity?: number; refillPerSecond?: number }>(
    { limit: "text", "capacity?": "number", "refillPerSecond?": "number" },
    (control, { limit, ...bucket }) => control.limitRequests(limit, bucket),
  ),
  injectFault: command<{ method?: string; path?: string; fault: Fault }>(
    { "method?": "text", "path?": "text", "occurrence?": "number", "times?": "number", fault: "fault" },
    (control, { method, path, ...rest }) => {
      const match = {
        ...(method ? { method } : {}),
        ...(path ? { path: toPattern("injectFault.path", path) } : {}),
      };
      control.injectFault({ ...rest, match });
    },
  ),
  injectLag: command<{ path?: string; behind?: { method?: string; path?: string } }>(
    {
      "path?": "text",
      "behind?": { "method?": "text", "path?": "text" },
      "reads?": "number",
      "durationInMs?": "number",
    },
    (control, { path, behind, ...rest }) => {
      const { path: written, ...method } = behind ?? {};
      control.injectLag({
        ...rest,
        ...(path ? { match: { path: toPattern("injectLag.path", path) } } : {}),
        ...(behind
          ? {
              behind: {
                ...method,
                ...(written ? { path: toPattern("injectLag.behind.path", written) } : {}),
              },
            }
          : {}),
      });
    },
  ),
  clearFaults: command<unknown>({}, (control) => control.clearFaults()),
  advance: command<{ durationInMs: number }>({ durationInMs: "number" }, (control, { durationInMs }) =>
    control.advance(durationInMs),
  ),
};

function toPattern(where: string, path: string): RegExp {
  try {
    return new RegExp(path);
  } catch (error) {
    throw new ControlError(`${where} is no regular expression: ${(error as Error).message}`);
  }
}
