import { setTimeout as sleep } from "node:timers/promises";
import { ClientSecretCredential } from "@azure/identity";
import axios from "axios";
import type { AxiosResponse } from "axios";
import { armErrorOf } from "./armError";
import { finish } from "./longRunning";
import { retryAfterInMs } from "./retryAfter";
import type { Settings } from "./settings";
import type { Properties } from "./values";

const retriedStatuses = [408, 429, 500, 502, 503, 504];
const retryDelaysInMs = [1_000, 5_000, 20_000];
const putPollIntervalInMs = 10_000;
const deletePollIntervalInMs = 30_000;

/** What the stand-in asks of Resource Manager. */
export interface ResourceManager {
  /** The resource, or undefined when there is none. */
  get(id: string, apiVersion: string): Promise<Properties | undefined>;
  /** Creates or replaces the resource and waits until the service has finished; `onAccepted` is called before the wait. */
  put(id: string, apiVersion: string, body: Properties, onAccepted: () => void): Promise<Properties>;
  /** Deletes the resource and waits until it is gone; one that is gone already is no error. */
  delete(id: string, apiVersion: string): Promise<void>;
  /** The access token with which the others ask. */
  token(): Promise<string>;
}

/** Resource Manager as the settings describe it, asked as azure-native does. */
export function connect(settings: Settings): ResourceManager {
  const credential = new ClientSecretCredential(settings.tenantId, settings.clientId, settings.clientSecret, {
    authorityHost: settings.activeDirectoryAuthorityHost,
    disableInstanceDiscovery: true,
  });
  const scope = `${settings.resourceManagerAudience.replace(/\/+$/, "")}/.default`;
  const token = async (): Promise<string> => (await credential.getToken(scope)).token;
  const client = axios.create({ baseURL: settings.resourceManagerEndpoint, validateStatus: () => true });

  const send = async (method: string, url: string, body?: Properties): Promise<AxiosResponse<unknown>> => {
    for (let attempt = 0; ; attempt++) {
      const response = await client.request<unknown>({
        method,
        url,
        data: body,
        headers: { Authorization: `Bearer ${await token()}` },
      });
      const delayInMs = retryDelaysInMs[attempt];
      if (delayInMs === undefined || !isRetried(response)) {
        return response;
      }
      await sleep(retryAfterInMs(response.headers) ?? delayInMs);
    }
  };
  const read = (url: string): Promise<AxiosResponse<unknown>> => send("GET", url);
  const urlOf = (id: string, apiVersion: string): string => `${id}?api-version=${apiVersion}`;

  return {
    token,

    async get(id, apiVersion) {
      const response = await read(urlOf(id, apiVersion));
      return response.status === 404 ? undefined : bodyOrThrow(response);
    },

    async put(id, apiVersion, body, onAccepted) {
      const url = urlOf(id, apiVersion);
      const response = await send("PUT", url, body);
      bodyOrThrow(response);
      onAccepted();
      await finish(response, { read, resourceUrl: url, intervalInMs: putPollIntervalInMs });
      return bodyOrThrow(await read(url));
    },

    async delete(id, apiVersion) {
      const response = await send("DELETE", urlOf(id, apiVersion));
      if (response.status !== 404) {
        bodyOrThrow(response);
        await finish(response, { read, intervalInMs: deletePollIntervalInMs });
      }
    },
  };
}

function isRetried(response: AxiosResponse<unknown>): boolean {
  return (
    retriedStatuses.includes(response.status) ||
    (response.status === 409 && armErrorOf(response).code === "AnotherOperationInProgress")
  );
}

function bodyOrThrow(response: AxiosResponse<unknown>): Properties {
  if (response.status >= 400) {
    throw armErrorOf(response);
  }
  return (response.data || {}) as Properties;
}
