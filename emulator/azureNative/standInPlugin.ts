import * as fs from "node:fs/promises";
import * as path from "node:path";
import { writeLauncher } from "./launcher";

/**
 * Makes a folder that the engine takes for an azure-native plugin: in it lies one small launcher, which starts the
 * compiled stand-in (`main.js` of this folder) with the Node that runs now.
 *
 * @param folder - Made if it is not there.
 * @throws an `Error` when the package was not built.
 */
export async function writeStandInPlugin(folder: string): Promise<void> {
  const main = path.join(compiledFolder(), "main.js");
  await fs.access(main).catch(() => {
    throw new Error(`looking for the azure-native stand-in: there is no ${main}; run "npm run build"`);
  });
  await writeLauncher(folder, "pulumi-resource-azure-native", main);
}

/** This folder; seen from the sources, its counterpart in `dist`. */
function compiledFolder(): string {
  return __filename.endsWith(".ts") ? path.resolve(__dirname, "../../dist/emulator/azureNative") : __dirname;
}
