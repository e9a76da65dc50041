import type { DynamicHost } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader", "snapshotContributor");
});
afterAll(async () => stage.close());

/** The inputs of the same protection in a stack of the project "shop". */
async function inputsIn(host: DynamicHost, stack: string, changes: object = {}): Promise<Properties> {
  const resourceUrn = `urn:pulumi:${stack}::shop::pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance::data`;
  const declaration = stage.estate.diskDeclaration({ resourceUrn, isPreview: false, ...changes });
  return (await host.check(declaration)).inputs;
}

type Created = { id: string; outputs: Properties };

const createIn = async (stack: string, changes: object = {}): Promise<Created | string> => {
  const { result } = await stage.operation(async (host) =>
    host.create(await inputsIn(host, stack, changes)).catch((error: Error) => error.message),
  );
  return result;
};

const deleteOf = async ({ id, outputs }: Created): Promise<string[]> =>
  storyOf((await stage.operation(async (host) => host.delete(id, outputs))).exchanges);

describe("two stacks that declare the same protection", () => {
  let first: Created;
  let second: Created;

  it("are told apart by the instance's tag", async () => {
    first = (await createIn("one")) as Created;
    const { result } = await stage.operation(async (host) => host.read(first.id, first.outputs));
    expect(result.outputs).toMatchObject({ claimedBy: "shop/one" });
    const put = stage.emulator.exchanges.find(
      ({ method, url }) => method === "PUT" && url.startsWith(first.id),
    );
    expect(put?.requestBody).toMatchObject({ tags: { "pulumi-stack": "shop/one" } });
  });

  it("cannot own it both: the second one is refused, with the two ways to move it", async () => {
    expect(await createIn("two")).toMatch(
      /belongs to stack shop\/one, .* move the resource with `pulumi state move`, or declare takeOverFrom: "shop\/one" here/,
    );
  });

  it("hear of it in the preview already", async () => {
    const { result } = await stage.operation(async (host) =>
      host.check({
        ...(await inputsIn(host, "two")),
        resourceUrn: "urn:pulumi:two::shop::type::data",
        isPreview: true,
      }),
    );
    expect(result.failures).toEqual([
      { property: "takeOverFrom", reason: expect.stringContaining("belongs to stack shop/one") },
    ]);
  });

  it("hand it over by takeOverFrom", async () => {
    second = (await createIn("two", { takeOverFrom: "shop/one" })) as Created;
    expect(second).toMatchObject({ id: first.id, outputs: { protectionState: "ProtectionConfigured" } });
  });

  it("do not end each other's protection: the one that gave it up leaves it alone", async () => {
    expect(await deleteOf(first)).toEqual(["GET backupInstances 200"]);
  });

  it("end it when the owner deletes it", async () => {
    expect(await deleteOf(second)).toContain("DELETE backupInstances/* 202");
  });

  it("take over what nobody claims, and claim it", async () => {
    const instanceId = first.id;
    await stage.estate.putUnvalidated(instanceId, {
      policyId: stage.estate.policyIds.disk,
      friendlyName: "data",
    });
    expect(await createIn("one")).toMatchObject({ outputs: { claimedBy: "shop/one" } });
    expect(await createIn("two")).toMatch(/belongs to stack shop\/one/);
  });

  itAgreesWithOpenApi(() => stage);
});
