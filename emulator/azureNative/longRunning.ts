import { setTimeout as sleep } from "node:timers/promises";
import type { AxiosResponse } from "axios";
import { ArmError, armErrorOf } from "./armError";
import { retryAfterInMs } from "./retryAfter";
import { isObject } from "./values";

/** How a long-running operation is followed. */
export interface Following {
  read(url: string): Promise<AxiosResponse<unknown>>;
  /** Where the resource's own `provisioningState` can be read; absent for a DELETE. */
  resourceUrl?: string;
  /** The pause between two looks where the service names none. */
  intervalInMs: number;
}

/**
 * Waits until the operation that `response` began has ended: by `Azure-AsyncOperation`, else by `Location`, else by the
 * resource's `provisioningState`. Returns at once when none of them says that anything goes on.
 *
 * @throws {@link ArmError} with the operation's own error when it failed.
 */
export async function finish(response: AxiosResponse<unknown>, following: Following): Promise<void> {
  const statusUrl = header(response, "azure-asyncoperation");
  const location = response.status === 202 ? header(response, "location") : undefined;
  const url = statusUrl ?? location ?? following.resourceUrl;
  const isRunning = statusUrl ? statusIsRunning : location ? answersAccepted : isProvisioning;
  if (!url || !(statusUrl || isRunning(response))) {
    return;
  }
  for (let latest = response; ;) {
    await sleep(retryAfterInMs(latest.headers) ?? following.intervalInMs);
    latest = await following.read(url);
    if (latest.status >= 400) {
      if (latest.status === 404 && !following.resourceUrl) {
        return;
      }
      throw armErrorOf(latest);
    }
    if (!isRunning(latest)) {
      return;
    }
  }
}

function statusIsRunning(response: AxiosResponse<unknown>): boolean {
  return isRunningState(response, isObject(response.data) ? response.data.status : undefined);
}

function answersAccepted({ status }: AxiosResponse<unknown>): boolean {
  return status === 202;
}

function isProvisioning(response: AxiosResponse<unknown>): boolean {
  const properties = isObject(response.data) ? response.data.properties : undefined;
  return isRunningState(response, isObject(properties) ? properties.provisioningState : undefined);
}

function isRunningState(response: AxiosResponse<unknown>, state: unknown): boolean {
  switch (typeof state === "string" ? state.toLowerCase() : "succeeded") {
    case "succeeded":
      return false;
    case "failed":
    case "canceled": {
      const { code, armMessage } = armErrorOf(response);
      throw new ArmError(response.status, code || String(state), armMessage);
    }
    default:
      return true;
  }
}

function header(response: AxiosResponse<unknown>, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === "string" ? value : undefined;
}
