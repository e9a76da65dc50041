import type { Properties } from "./values";

/**
 * The service accepted the request and failed afterwards. The engine keeps the resource in the state when an error has
 * these three members.
 */
export class PartialFailure extends Error {
  readonly reasons: string[];

  constructor(
    cause: unknown,
    readonly id: string,
    readonly properties: Properties,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.reasons = [this.message];
  }
}
