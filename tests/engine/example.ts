import path from "node:path";
import { programFromModule } from "../../tools/engine/programFromModule";
import type { OpenStack, OpenStackOptions } from "../../tools/engine/stack";
import { openStack } from "../../tools/engine/stack";
import type { Estate } from "../wire/estate";

const repository = path.resolve(__dirname, "../..");

interface ExampleOptions extends Omit<
  OpenStackOptions,
  "program" | "programFolder" | "stackName" | "config"
> {
  /** @default "dev" */
  stackName?: string;
  config?: Record<string, string>;
}

/** Opens a stack of an example, as `npm run build` compiles it: `name` is its folder in `examples`. */
export async function openExample(
  name: string,
  { config = {}, ...options }: ExampleOptions,
): Promise<OpenStack> {
  return openStack({
    stackName: "dev",
    ...options,
    program: programFromModule(path.join(repository, "dist/examples", name, "index.js")),
    programFolder: path.join(repository, "examples", name),
    config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
  });
}

/** What the example `existingVault` asks for, of an estate; and its vault is given the roles for it. */
export async function prepareExistingVault(estate: Estate): Promise<Record<string, string>> {
  await estate.grant("diskReader", "snapshotContributor");
  const { vaultId, policyIds, diskId, snapshotResourceGroupId } = estate;
  return { vaultId, policyId: policyIds.disk, diskId, snapshotResourceGroupId };
}
