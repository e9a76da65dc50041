import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import type { AxiosInstance } from "axios";
import axios from "axios";
import type { Emulator } from "../../emulator";

/** A client whose requests are an administrator's. */
export async function signIn(emulator: Emulator, tenantId = emulator.tenantId): Promise<AxiosInstance> {
  const { environment } = emulator;
  const http = axios.create({
    baseURL: emulator.url,
    proxy: false,
    httpsAgent: new Agent({ ca: readFileSync(emulator.certificateFile) }),
  });
  const { data: answer } = await http.post<{ access_token: string }>(
    `/${tenantId}/oauth2/v2.0/token`,
    new URLSearchParams({
      grant_type: "client_credentials",
      client_id: environment.ARM_CLIENT_ID ?? "",
      client_secret: environment.ARM_CLIENT_SECRET ?? "",
      scope: `${environment.ARM_RESOURCE_MANAGER_AUDIENCE}/.default`,
    }),
  );
  http.defaults.headers.common.Authorization = `Bearer ${answer.access_token}`;
  return http;
}
