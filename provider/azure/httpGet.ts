import axios from "axios";

/** What {@link HttpGet} answers: the body is text, because each caller words for itself what it expected. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** One GET outside Resource Manager (cloud metadata, OIDC tokens); any status is an answer, not an error. */
export type HttpGet = (url: string, headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

const timeoutInMs = 30_000;

/** {@link HttpGet} on the network. Redirects are not followed, so that a bearer token stays where it was sent. */
export const httpGet: HttpGet = async (url, headers) => {
  const response = await axios.get<string>(url, {
    headers,
    timeout: timeoutInMs,
    maxRedirects: 0,
    responseType: "text",
    transformResponse: (body: string) => body,
    validateStatus: () => true,
  });
  return { status: response.status, body: response.data };
};
