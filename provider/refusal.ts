import { TracedError } from "./azure/tracing";

/** Something declared that cannot be carried out as it is. The message says why, and what to declare instead. */
export class DeclarationRefusedError extends TracedError {
  override readonly name = "DeclarationRefusedError";

  /**
   * @param property - Path of what would have to be declared otherwise: `datasource.containers`.
   * @param correlationId - That of the answer that the refusal rests on.
   */
  constructor(
    readonly property: string,
    message: string,
    correlationId: string | undefined,
  ) {
    super(message, correlationId);
  }
}
