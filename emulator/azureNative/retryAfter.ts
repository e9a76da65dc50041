/** The wait that an answer asks for: the milliseconds that Microsoft's SDKs read, else `Retry-After` in seconds. */
export function retryAfterInMs(headers: object): number | undefined {
  const values = headers as Record<string, unknown>;
  const milliseconds = Number(values["retry-after-ms"] ?? values["x-ms-retry-after-ms"] ?? NaN);
  if (Number.isFinite(milliseconds)) {
    return milliseconds;
  }
  const seconds = Number(values["retry-after"] ?? NaN);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
