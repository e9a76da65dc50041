import type { InstanceOutputs } from "./inputs";

/**
 * A failure after the service had accepted the instance. The engine keeps the instance in state because the error has an
 * `id`, shows the `reasons`, and calls `update` in the next run, which carries on.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  readonly reasons: string[];
  readonly properties: InstanceOutputs;

  constructor(
    message: string,
    readonly id: string,
    properties: InstanceOutputs,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reasons = [message];
    this.properties = forHost(properties);
  }
}

/** A value as the host can send it: one `undefined` in it, and the host never answers the engine. */
export function forHost<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
