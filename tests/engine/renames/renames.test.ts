import type { Deployment, OpMap, Stack, UpResult } from "@pulumi/pulumi/automation";
import { describeWithPulumi } from "../withPulumi";
import type { EstateNames } from "./estateProgram";
import { names } from "./estateProgram";
import type { StackName } from "./world";
import { World } from "./world";

const first: StackName = { project: "shop", stack: "dev" };

const elsewhere: StackName = { project: "platform", stack: "live" };

interface Renaming {
  what: string;
  /** What the commands of the CLI do. */
  run?: (world: World, stack: Stack) => Promise<unknown>;
  /** How the stack is called afterwards. */
  stack?: StackName;
  /** What the program declares afterwards. */
  declares?: EstateNames;
}

const aliasOf = (name: string): { aliases: { name: string }[] } => ({ aliases: [{ name }] });

/** Names of everything that a name in Azure is made of, changed one by one. */
const renamings: Renaming[] = [
  {
    what: "the stack is renamed",
    run: async (_, stack) => stack.rename({ stackName: "prod" }),
    stack: { ...first, stack: "prod" },
  },
  {
    what: "the project is renamed",
    run: async (_, stack) => stack.rename({ stackName: "organization/bank/dev" }),
    stack: { ...first, project: "bank" },
  },
  {
    what: "every component is renamed, with aliases",
    declares: {
      vault: { name: "central", ...aliasOf("backups") },
      disk: { name: "archive", ...aliasOf("data") },
      fleet: { name: "everything", ...aliasOf("estate") },
    },
  },
  {
    what: "every component gets another parent, with aliases",
    declares: {
      vault: { ...names.vault, isInLayer: true, aliases: [{ parent: undefined }] },
      disk: { ...names.disk, isInLayer: true, aliases: [{ parent: undefined }] },
      fleet: { ...names.fleet, isInLayer: true, aliases: [{ parent: undefined }] },
    },
  },
  {
    what: "every resource is moved into another stack by `pulumi state move`",
    run: async (world, stack) => {
      const components = urnsOf(await stack.exportStack(), (type) =>
        /^(azure-dataprotection|shop):/.test(type),
      );
      await world.stack(elsewhere, {});
      await world.run(
        stack,
        "state",
        "move",
        "--source",
        nameOf(first),
        "--dest",
        nameOf(elsewhere),
        ...components,
      );
    },
    stack: elsewhere,
  },
  {
    what: "the resources of a component are renamed one by one by `pulumi state rename`",
    run: async (world, stack) => {
      for (const urn of urnsOf(await stack.exportStack(), (_, name) => /^data(-|$)/.test(name))) {
        const name = urn.split("::").at(-1) ?? "";
        await world.run(
          stack,
          "state",
          "rename",
          urn,
          name.replace("data", "archive"),
          "--stack",
          nameOf(first),
        );
      }
    },
    declares: { ...names, disk: { name: "archive" } },
  },
];

describeWithPulumi("a rename of which Pulumi knows changes nothing in Azure", (pulumi) => {
  describe.each(renamings)("$what", ({ run, stack = first, declares = names }) => {
    let world: World;
    let renamed: Stack;
    let before: UpResult;
    let made: string[];

    beforeAll(async () => {
      world = await World.open(await pulumi());
      const original = await world.stack(first, names);
      before = await original.up();
      made = world.made();
      await run?.(world, original);
      renamed = await world.stack(stack, declares);
    }, 300_000);
    afterAll(async () => world.close());

    it("is in the preview at most a change in place", async () => {
      expect(kindsOf((await renamed.preview()).changeSummary)).toEqual([]);
    });

    it("keeps all ids, and deletes nothing", async () => {
      const from = world.emulator.exchanges.length;
      const { summary, outputs } = await renamed.up();
      expect(kindsOf(summary.resourceChanges)).toEqual([]);
      expect(outputs).toEqual(before.outputs);
      expect(world.made()).toEqual(made);
      expect(world.emulator.exchanges.slice(from).filter(({ method }) => method === "DELETE")).toEqual([]);
    });

    it("tells everything in Azure to whom it belongs now", async () => {
      expect(await world.owners(before.outputs)).toEqual(new Set([`${stack.project}/${stack.stack}`]));
    });

    it("leaves nothing to do", async () => {
      expect(Object.keys((await renamed.up()).summary.resourceChanges ?? {})).toEqual(["same"]);
    });

    it("is destroyed whole under its new name", async () => {
      await renamed.destroy();
      expect(world.made()).toEqual([]);
    });
  });
});

/** What is more than a change in place. */
function kindsOf(changes: OpMap = {}): string[] {
  return Object.keys(changes).filter((kind) => kind !== "same" && kind !== "update");
}

function nameOf({ project, stack }: StackName): string {
  return `organization/${project}/${stack}`;
}

/** The URNs of the resources that are meant, by type and name. */
function urnsOf({ deployment }: Deployment, isMeant: (type: string, name: string) => boolean): string[] {
  const { resources } = deployment as { resources: { urn: string; type: string }[] };
  const meant = resources.filter(({ urn, type }) => isMeant(type, urn.split("::").at(-1) ?? ""));
  return meant.map(({ urn }) => urn);
}
