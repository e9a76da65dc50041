/** How long the steps may take, as `"45m"` or `"90s"`. */
export interface Timeouts {
  /** Until the instance is protected. */
  create?: string;
  /** Until the change has taken effect. */
  update?: string;
  /** Until the instance is gone. */
  delete?: string;
}

const millisecondsPerUnit: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const part = /(\d+(?:\.\d+)?)(ms|h|m|s)/g;
const duration = /^(?:\d+(?:\.\d+)?(?:ms|h|m|s))+$/;

/**
 * Reads a duration as Pulumi writes it in `customTimeouts`; `undefined` when the text is none, or is not above zero.
 *
 * @returns Milliseconds.
 * @example
 * parseDuration("1h30m"); // 5400000
 */
export function parseDuration(text: string): number | undefined {
  if (!duration.test(text)) {
    return undefined;
  }
  const inMs = [...text.matchAll(part)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (millisecondsPerUnit[unit ?? ""] ?? NaN),
    0,
  );
  return Number.isFinite(inMs) && inMs > 0 ? inMs : undefined;
}
