import { existsSync } from "node:fs";
import path from "node:path";

/** Where Microsoft's OpenAPI document and the recorded flows are, if they are. */
export const wireFolder = path.resolve(__dirname, "../../../shared/wire");

/** Microsoft's document, of which `openApi.json` is made. */
export const documentFile = path.join(
  wireFolder,
  "openapi/specification/dataprotection/resource-manager/Microsoft.DataProtection/stable/2024-04-01/dataprotection.json",
);

/** Whether there is something to check against. */
export const hasWireMaterial = ["openapi", "recordings"].every((part) =>
  existsSync(path.join(wireFolder, part)),
);

/** A `describe` that is skipped, and says why, where the wire material is absent. */
export function describeWithWireMaterial(name: string, body: () => void): void {
  if (hasWireMaterial) {
    describe(name, body);
  } else {
    describe.skip(nameOfSkipped(name), body);
  }
}

function nameOfSkipped(name: string): string {
  const absence =
    "skipped: the recordings and Microsoft's OpenAPI document are not in ../shared/wire beside this repository";
  process.stderr.write(`${name}: ${absence}\n`);
  return `${name} (${absence})`;
}
