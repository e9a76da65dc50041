import { openApiAbsence, openApiAvailable } from "./openApi";

/** A `describe` that is skipped, and says why, where Microsoft's document is absent. */
export function describeWithOpenApi(name: string, body: () => void): void {
  if (openApiAvailable()) {
    describe(name, body);
  } else {
    process.stderr.write(`${name}: ${openApiAbsence}\n`);
    describe.skip(`${name} (${openApiAbsence})`, body);
  }
}
