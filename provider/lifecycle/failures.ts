/**
 * A failure as people see it. For read and delete the host prints `${error}: ${error.stack}` on the stack's row, besides
 * the message on the resource's own (cmd/dynamic-provider/index.js of the SDK), so these two are kept short.
 */
export class Failure extends Error {
  override readonly name = "Failure";

  /** @param doing - What was being done and to what, as in `deleting backup instance <id>`. */
  constructor(
    private readonly doing: string,
    cause: unknown,
  ) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.stack = "failed, and the reason stands on the row of the resource";
  }

  override toString(): string {
    return this.doing;
  }
}

/**
 * A failure after the service had accepted the resource. The engine keeps the resource in state because the error has an
 * `id`, shows the `reasons`, and calls `update` in the next run, which carries on.
 */
export class PartialFailure<Outputs extends object = object> extends Error {
  override readonly name = "PartialFailure";
  readonly reasons: string[];
  readonly properties: Outputs;

  constructor(
    message: string,
    readonly id: string,
    properties: Outputs,
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
