/** One request and its answer: an element of `Emulator.exchanges`, and, redacted, one JSON line of the request log. */
export interface Exchange {
  /** 1, 2, 3 ... in the order in which answers were sent. */
  sequence: number;
  /** ISO 8601, when the request had arrived. */
  startedAt: string;
  /** What making the answer took the emulator. */
  durationInMs: number;
  /** In capitals. */
  method: string;
  /** Path and query as asked. */
  url: string;
  /** By their names in lower case. */
  requestHeaders: Record<string, string>;
  /** Parsed JSON, or the fields of a form. */
  requestBody?: unknown;
  /** 0 when nothing was answered. */
  status: number;
  /** By their names, as the service spells them. */
  responseHeaders: Record<string, string>;
  /** Parsed JSON, or the text when it is none. */
  responseBody?: unknown;
  /** The fault that was injected here; status, headers and body are then what the client would have got without a break. */
  fault?: string;
}
