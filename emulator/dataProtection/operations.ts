import { randomUUID } from "node:crypto";
import { isAtLeast } from "../arm/apiVersions";
import { ArmError } from "../arm/errors";
import { subscriptionIdOf } from "../arm/resourceId";
import { toTimestamp, toTimestampInSeconds } from "../clock";
import type { Cloud } from "../cloud";
import { absoluteUrl, answer } from "../message";
import type { Answer, Call } from "../message";
import type { DurationName, RetryName } from "../pace";
import type { Operation } from "../records/operation";
import type { EndOperation } from "../records/task";
import type { BackupVault } from "../records/vault";
import { dataProtectionContentType } from "./contentType";
import { operationError, resourceDoesNotExist } from "./userErrors";

const notEnded = "0001-01-01T00:00:00Z";

/** Notes a new operation of `vault` that takes as long as `duration` says. */
export function beginOperation(
  cloud: Cloud,
  call: Call,
  vault: BackupVault,
  duration: DurationName,
  about: Pick<Operation, "instanceId" | "jobId" | "outlivesVault"> = {},
): Operation {
  const startedAt = cloud.now();
  const operation: Operation = {
    id: Buffer.from(`${vault.serviceId};${randomUUID()}`).toString("base64"),
    vaultId: vault.id,
    startedAt,
    endsAt: startedAt + cloud.pace.inMs(duration),
    isSigned: isAtLeast(call.apiVersion, "2023-11-01"),
    ...about,
  };
  cloud.operations.put(operation);
  return operation;
}

/** 202 with both URLs: validation, deletion and the actions. */
export function accepted(cloud: Cloud, call: Call, operation: Operation, retry: RetryName): Answer {
  return answer(202, undefined, {
    "Azure-AsyncOperation": statusUrl(cloud, call, operation),
    Location: signedUrl(
      cloud,
      call,
      operation,
      `${locationPath(cloud, operation, subscriptionOf(operation.vaultId))}/operationResults/${operation.id}`,
    ),
    ...cloud.pace.retryHeaders(retry),
  });
}

/**
 * The vault's form, except at the oldest versions, where the seeds show the location's, and for the end of the vault, where
 * the location has the group in front of it (backup_vault_create_and_delete 6).
 */
export function statusUrl(cloud: Cloud, call: Call, operation: Operation): string {
  const { vaultId, outlivesVault } = operation;
  const isOfVault = isAtLeast(call.apiVersion, "2022-01-01") && !outlivesVault;
  const scope = outlivesVault ? groupIdOf(vaultId) : subscriptionOf(vaultId);
  const base = isOfVault ? vaultId : locationPath(cloud, operation, scope);
  return signedUrl(cloud, call, operation, `${base}/operationStatus/${operation.id}`);
}

const subscriptionOf = (vaultId: string): string => `/subscriptions/${subscriptionIdOf(vaultId)}`;
const groupIdOf = (vaultId: string): string => vaultId.split("/").slice(0, 5).join("/");

function locationPath(cloud: Cloud, { vaultId }: Operation, scope: string): string {
  const location = cloud.vaults.get(vaultId)?.location ?? "unknown";
  return `${scope}/providers/Microsoft.DataProtection/locations/${location}`;
}

function signedUrl(cloud: Cloud, call: Call, operation: Operation, path: string): string {
  const query = operation.isSigned
    ? cloud.urlSigner.sign(path, call.apiVersion, cloud.now())
    : `api-version=${call.apiVersion}`;
  return absoluteUrl(call, path, query);
}

/** Finds the operation that a URL names; `isHandedOut` forms of signed operations must come with their signature. */
function find(cloud: Cloud, call: Call, isHandedOut: boolean): Operation {
  const operation = cloud.operations.get(call.parameters["operationId"]!);
  if (!operation) {
    throw resourceDoesNotExist(call.apiVersion);
  }
  if (isHandedOut && operation.isSigned && !cloud.urlSigner.verify(call.path, call.query)) {
    // That an altered query is refused is known (facts 3.2); with which status and code is assumed.
    throw new ArmError(
      403,
      "AuthorizationFailed",
      "The signature of the operation URL is missing or not valid.",
    );
  }
  return operation;
}

/** The words for the status of an operation that will not go on; every other one means that it runs. */
export const ended: readonly string[] = ["Succeeded", "Failed", "Canceled"];

function isRunning(cloud: Cloud, { status, endsAt }: Operation): boolean {
  return status === undefined ? !cloud.hasEnded(endsAt) : !ended.includes(status);
}

function errorOf({ error, shownError }: Operation): unknown {
  return shownError ?? (error && operationError(error));
}

export function endOperation(
  cloud: Cloud,
  { operationId, outcome: { status, error: shownError } }: EndOperation,
): void {
  const operation = cloud.operations.get(operationId);
  if (operation) {
    cloud.operations.put({ ...operation, status, ...(shownError === undefined ? {} : { shownError }) });
  }
}

/** What its status is said to be. */
export function statusOf(cloud: Cloud, operation: Operation): string {
  return (
    operation.status ??
    (isRunning(cloud, operation) ? "Inprogress" : errorOf(operation) === undefined ? "Succeeded" : "Failed")
  );
}

export function getOperationStatus(cloud: Cloud, call: Call): Answer {
  return renderStatus(cloud, call, find(cloud, call, true));
}

/** The form by resource group, which no header ever names. */
export function getOperationStatusInResourceGroup(cloud: Cloud, call: Call): Answer {
  return renderStatus(cloud, call, find(cloud, call, false));
}

function renderStatus(cloud: Cloud, call: Call, operation: Operation): Answer {
  const { id, startedAt, endsAt, jobId } = operation;
  const error = errorOf(operation);
  const running = isRunning(cloud, operation);
  const body = {
    id: call.path,
    name: id,
    status: statusOf(cloud, operation),
    ...(!running && error ? { error } : {}),
    startTime: toTimestamp(startedAt),
    endTime: running ? notEnded : toTimestampInSeconds(endsAt),
    ...(!running && jobId ? { properties: { jobId, objectType: "OperationJobExtendedInfo" } } : {}),
  };
  return answer(200, body, {
    ...dataProtectionContentType(call),
    ...(running ? cloud.pace.stillAtWorkHeaders() : {}),
  });
}

/** What the Location of an accepted operation answers: 202 while it runs (create_and_delete_disk 6 when it is done). */
export function getOperationResult(cloud: Cloud, call: Call): Answer {
  const operation = find(cloud, call, true);
  const statusPath = call.path.replace(/operationResults(?=\/[^/]+$)/i, "operationStatus");
  const headers = { "Azure-AsyncOperation": signedUrl(cloud, call, operation, statusPath) };
  if (isRunning(cloud, operation)) {
    return accepted(cloud, call, operation, "validation");
  }
  const error = errorOf(operation);
  if (error || (operation.status !== undefined && operation.status !== "Succeeded")) {
    const { code = "", message = "" } = operation.error ?? {};
    throw new ArmError(400, code, message, headers, { error: error ?? {} });
  }
  const body = {
    ...(operation.jobId ? { jobId: operation.jobId } : {}),
    objectType: "OperationJobExtendedInfo",
  };
  return answer(200, body, { ...headers, ...dataProtectionContentType(call) });
}

/** The forms by vault and by instance, which no header ever names: when all is done they answer with the resource. */
export function resultOf(cloud: Cloud, call: Call, renderResource: () => Answer): Answer {
  const operation = find(cloud, call, false);
  return isRunning(cloud, operation) ? accepted(cloud, call, operation, "validation") : renderResource();
}
