import type { Stack, UpResult } from "@pulumi/pulumi/automation";
import { describeWithPulumi } from "../withPulumi";
import type { EstateNames } from "./estateProgram";
import { names } from "./estateProgram";
import { World } from "./world";

const name = { project: "shop", stack: "dev" };

describeWithPulumi("a rename of which Pulumi does not know", (pulumi) => {
  let world: World;
  let before: UpResult;
  let made: string[];
  const effects = (from: number): string[] =>
    world.emulator.exchanges
      .slice(from)
      .filter(({ method, url }) => ["PUT", "DELETE"].includes(method) && url.startsWith("/subscriptions/"))
      .map(({ method, url }) => `${method} ${url}`);

  beforeAll(async () => {
    world = await World.open(await pulumi());
    before = await (await world.stack(name, names)).up();
    made = world.made();
  });
  afterAll(async () => world.close());

  const refused = async (declares: EstateNames): Promise<string> => {
    const from = world.emulator.exchanges.length;
    const stack = await world.stack(name, declares);
    for (const operation of [stack.preview(), stack.up()]) {
      await expect(operation).rejects.toThrow();
    }
    expect(effects(from)).toEqual([]);
    return stack.preview().catch((error: Error) => error.message) as Promise<string>;
  };

  it("is refused from the preview on for a vault with backups, with the alias to declare", async () => {
    expect(await refused({ ...names, vault: { name: "central" } })).toMatch(
      /vaultName.*vault \S+\/backups-[0-9a-f]{8} belongs to this stack.*declare aliases: \[\{ name: "backups" \}\]/,
    );
  });

  it("is refused where the backups are called otherwise as well", async () => {
    expect(await refused({ vault: { name: "central" }, disk: { name: "archive" } })).toContain(
      'declare aliases: [{ name: "backups" }]',
    );
  });

  it.each<[what: string, declares: EstateNames]>([
    [
      "another name of a disk's backup and of a fleet",
      { ...names, disk: { name: "archive" }, fleet: { name: "all" } },
    ],
    [
      "another parent of all",
      {
        vault: { ...names.vault, isInLayer: true },
        disk: { name: "archive", isInLayer: true },
        fleet: { name: "all", isInLayer: true },
      },
    ],
  ])("changes nothing in Azure for %s", async (_what, declares) => {
    const stack: Stack = await world.stack(name, declares);
    const from = world.emulator.exchanges.length;
    await stack.preview();
    const { outputs } = await stack.up();
    expect(effects(from)).toEqual([]);
    const membersOf = ({ members }: UpResult["outputs"]): unknown => (members?.value as string[]).toSorted();
    expect({ ...outputs, members: membersOf(outputs) }).toEqual({
      ...before.outputs,
      members: membersOf(before.outputs),
    });
    expect(world.made()).toEqual(made);
    expect(Object.keys((await stack.up()).summary.resourceChanges ?? {})).toEqual(["same"]);
  });

  it("is destroyed whole in the end", async () => {
    const layered = {
      vault: { ...names.vault, isInLayer: true },
      disk: { name: "archive", isInLayer: true },
      fleet: { name: "all", isInLayer: true },
    };
    await (await world.stack(name, layered)).destroy();
    expect(world.made()).toEqual([]);
  });
});
