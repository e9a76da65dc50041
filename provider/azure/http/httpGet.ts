import axios from "axios";
import { withinTime } from "./timeLimit";

/** What {@link HttpGet} answers: the body is text, because each caller words for itself what it expected. */
export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

/** One GET outside Resource Manager (cloud metadata, OIDC tokens); any status is an answer, not an error. */
export type HttpGet = (url: string, headers?: Readonly<Record<string, string>>) => Promise<HttpAnswer>;

const longestGetInMs = 30_000;
/** The documents that are read so have a few kilobytes. */
const largestAnswerInBytes = 1024 * 1024;

/** {@link HttpGet} on the network. Redirects are not followed, so that a bearer token stays where it was sent. */
export const httpGet: HttpGet = async (url, headers) => {
  const response = await withinTime(longestGetInMs, async (signal) =>
    axios.get<string>(url, {
      headers,
      signal,
      maxRedirects: 0,
      maxContentLength: largestAnswerInBytes,
      responseType: "text",
      transformResponse: (body: string) => body,
      validateStatus: () => true,
    }),
  );
  return { status: response.status, body: response.data };
};
