import type { DynamicHost } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;
type Created = { id: string; outputs: Properties };

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader", "snapshotContributor");
});
afterAll(async () => stage.close());

const urnIn = (stack: string): string =>
  `${stack}pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance::data`;
/** The checked inputs of the disk's protection in a stack. */
const inputsIn = async (
  host: DynamicHost,
  stack: string,
  changes: object = {},
  olds: Properties = {},
): Promise<Properties> => {
  const declaration = stage.estate.diskDeclaration({
    resourceUrn: urnIn(stack),
    isPreview: false,
    ...changes,
  });
  return (await host.check(declaration, olds)).inputs;
};
const create = async (): Promise<Created> =>
  (await stage.operation(async (host) => host.create(await inputsIn(host, "urn:pulumi:dev::shop::")))).result;
const deleteOf = async ({ id, outputs }: Created): Promise<string[]> =>
  storyOf((await stage.operation(async (host) => host.delete(id, outputs))).exchanges);

describe.each([
  ["a stack that was renamed", "urn:pulumi:prod::shop::", { onDelete: "retain" }],
  ["a stack whose project was renamed", "urn:pulumi:dev::bank::", {}],
  ["another stack, by `pulumi state move`", "urn:pulumi:live::platform::", { friendlyName: "another" }],
])("the protection of %s", (_, urnNow, changes) => {
  const [, stackName, projectName] = /^urn:pulumi:(.*)::(.*)::$/.exec(urnNow) ?? [];
  const claimNow = `${projectName}/${stackName}`;
  let before: Created;
  beforeEach(async () => {
    before = await create();
    expect(before.outputs.claimedBy).toBe("shop/dev");
  });
  const tagOf = async (id: string): Promise<unknown> => {
    const { exchanges } = await stage.operation(async (host) => host.read(id, before.outputs));
    const listed = exchanges.at(-1)?.responseBody as { tags?: object; value?: { tags?: object }[] };
    return listed.tags ?? listed.value?.[0]?.tags;
  };
  /** An update in which state is from before, as the engine makes it: after its comparison. */
  const updateNow = async (changed: object): Promise<Properties | string> => {
    const { result } = await stage.operation(async (host) => {
      const inputs = await inputsIn(host, urnNow, changed, before.outputs);
      expect(await host.diff(before.id, before.outputs, inputs)).toEqual({ changes: 2, replaces: [] });
      return host.update(before.id, before.outputs, inputs).catch((error: Error) => error.message);
    });
    return result;
  };

  it("is told in tag and state by the first update, whatever else that changes", async () => {
    const outputs = (await updateNow(changes)) as Properties;
    expect(outputs.claimedBy).toBe(claimNow);
    expect(await tagOf(before.id)).toEqual({ "pulumi-stack": claimNow });
    await deleteOf({ id: before.id, outputs: { ...outputs, onDelete: "delete" } });
  });

  it("is no stranger's before that: it is destroyed without an update", async () => {
    expect(await deleteOf(before)).toContain("DELETE backupInstances/* 202");
  });

  it("stays as the tag says when the update fails before it is written, and both go on from there", async () => {
    stage.emulator.control.injectFault({
      match: { method: "PUT", path: /\/backupInstances\/[^/]+$/ },
      fault: { status: 400, body: { error: { code: "BMSUserErrorInvalidInput", message: "Not today." } } },
    });
    expect(await updateNow({ friendlyName: "another" })).toMatch(/Not today/);
    expect(await tagOf(before.id)).toEqual({ "pulumi-stack": "shop/dev" });
    const outputs = (await updateNow({})) as Properties;
    expect(outputs.claimedBy).toBe(claimNow);
    expect(await deleteOf({ id: before.id, outputs })).toContain("DELETE backupInstances/* 202");
  });
});

itAgreesWithOpenApi(() => stage);
