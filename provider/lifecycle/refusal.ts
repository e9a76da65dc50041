import { TracedError, withCorrelationId } from "../azure/http/tracing";
import type { InputProblem } from "../dataProtection/inputProblem";

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

/** All that is wrong with a declaration, as one text. */
export function inWords(problems: InputProblem[]): string {
  return problems
    .map(({ property, reason }) => (property === "" ? reason : `${property}: ${reason}`))
    .join("; ");
}

/** A refusal as the engine shows it on the property. */
export function problemOf({ property, message, correlationId }: DeclarationRefusedError): InputProblem {
  return { property, reason: withCorrelationId(message, correlationId) };
}
