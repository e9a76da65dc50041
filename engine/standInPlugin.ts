import * as fs from "node:fs/promises";
import * as path from "node:path";
import { writeLauncher } from "./launcher";

/**
 * Makes a folder that the engine takes for an azure-native plugin: in it lies one small launcher, which starts the
 * compiled stand-in (`dist/emulator/azureNative/main.js`) with the Node that runs now.
 *
 * @param folder - Made if it is not there.
 * @throws an `Error` when the package was not built.
 */
export async function writeStandInPlugin(folder: string): Promise<void> {
  const main = path.join(packageFolder(), "dist", "emulator", "azureNative", "main.js");
  await fs.access(main).catch(() => {
    throw new Error(`looking for the azure-native stand-in: there is no ${main}; run "npm run build"`);
  });
  await writeLauncher(folder, "pulumi-resource-azure-native", main);
}

/** The folder of package.json, above the sources as well as above the compiled files. */
function packageFolder(): string {
  return path.basename(path.dirname(__dirname)) === "dist"
    ? path.resolve(__dirname, "../..")
    : path.dirname(__dirname);
}
