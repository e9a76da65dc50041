import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { CheckedExchange } from "./openApi";
import { wireFolder } from "./wireMaterial";

const recordingsFolder = path.join(wireFolder, "recordings");

interface RecordedExchange {
  readonly request: { readonly method: string; readonly url: string; readonly body: unknown };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/** The names of the recorded flows. */
export function recordingNames(): string[] {
  return readdirSync(recordingsFolder).filter((name) => name.endsWith(".json"));
}

/** A recorded flow in the checker's form. */
export function readRecording(name: string): CheckedExchange[] {
  const recorded = JSON.parse(readFileSync(path.join(recordingsFolder, name), "utf8")) as RecordedExchange[];
  return recorded.map(({ request, response }) => ({
    method: request.method,
    url: request.url,
    requestBody: request.body,
    status: response.status,
    responseBody: response.body,
    responseHeaders: response.headers,
  }));
}

/** One exchange of a recorded flow: the first of its method whose URL has this part, or a later one. */
export function recorded(recording: string, method: string, urlPart: string, skip = 0): CheckedExchange {
  const exchanges = readRecording(recording).filter(
    (one) => one.method === method && one.url.includes(urlPart),
  );
  const exchange = exchanges[skip];
  if (exchange === undefined) {
    throw new Error(`${recording} has no ${method} of ${urlPart}`);
  }
  return exchange;
}
