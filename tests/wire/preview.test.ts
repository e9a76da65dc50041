import type { DynamicHost } from "../host/dynamicHost";
import { unknownValue } from "../../provider/lifecycle/unknownValues";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Failures = Awaited<ReturnType<DynamicHost["check"]>>["failures"];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ softDelete: "On" });
});
afterAll(async () => stage.close());

const declaration = (changes: object = {}): object =>
  stage.estate.diskDeclaration({
    resourceUrn: "urn:pulumi:dev::project::type::data",
    isPreview: true,
    ...changes,
  });

/** What the check of a preview says, and what it asked for that. */
async function preview(changes: object = {}, config = {}): Promise<{ failures: Failures; story: string[] }> {
  const { result, exchanges } = await stage.operation(
    async (host) => host.check(declaration(changes)),
    config,
  );
  return { failures: result.failures, story: storyOf(exchanges) };
}

describe("the preview of a first create", () => {
  it("takes missing permissions for no failure, since the update may grant them", async () => {
    expect(await preview()).toEqual({
      failures: [],
      story: [
        "GET backupInstances 200",
        "GET backupInstances/* 404 UserErrorGenericResourceNotFound",
        "POST validateForBackup 202",
        "GET operationStatus 200 Failed UserErrorMissingRequiredPermissions",
      ],
    });
  });

  it("takes a missing policy for no failure, since the update may create it", async () => {
    const policyId = `${stage.estate.vaultId}/backupPolicies/none`;
    expect((await preview({ policyId })).failures).toEqual([]);
  });

  it("fails with the message of the update when the service refuses for another reason", async () => {
    await stage.estate.grant("diskReader", "snapshotContributor");
    const policyId = stage.estate.policyIds.blobOperational;
    const { failures } = await preview({ policyId });
    expect(failures).toEqual([
      {
        property: "datasource",
        reason: expect.stringMatching(/^creating backup instance .*: \w+: .*\(correlation id [0-9a-f-]+\)$/s),
      },
    ]);
    const { result } = await stage.operation(async (host) => {
      const { inputs } = await host.check(declaration({ policyId, isPreview: false }));
      return host.create(inputs).then(
        () => "created",
        (error: Error) => error.message,
      );
    });
    const withoutIds = (text = ""): string => text.replace(/\(correlation id .*\)/, "");
    expect(withoutIds(failures[0]?.reason)).toBe(withoutIds(result));
  });

  it("asks nothing when not all inputs are known, or when validateOnPreview is false", async () => {
    expect((await preview({ policyId: unknownValue })).story).toEqual([]);
    expect((await preview({ validateOnPreview: false })).story).toEqual([]);
  });

  it("asks nothing in an update", async () => {
    expect((await preview({ isPreview: false })).story).toEqual([]);
  });

  it("is a warning without credentials, not a failure", async () => {
    expect((await preview({}, { "azure-native:clientSecret": "wrong" })).failures).toEqual([]);
  });

  it("keeps out of the inputs that it is one", async () => {
    const { result } = await stage.operation(async (host) => host.check(declaration()));
    expect(result.inputs).not.toHaveProperty("isPreview");
  });

  it("takes an instance that is there, or that would be had back, for no failure", async () => {
    const { result } = await stage.operation(async (host) =>
      host.create((await host.check(declaration({ isPreview: false }))).inputs),
    );
    expect(await preview()).toEqual({ failures: [], story: ["GET backupInstances 200"] });
    await stage.operation(async (host) => host.delete(result.id, result.outputs));
    expect((await preview()).failures).toEqual([]);
    expect((await preview({ recoverSoftDeleted: false })).failures).toEqual([
      {
        property: "recoverSoftDeleted",
        reason: expect.stringContaining("recoverSoftDeleted is false; set it to true"),
      },
    ]);
  });

  itAgreesWithOpenApi(() => stage);
});
