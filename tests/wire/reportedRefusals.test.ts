import type { DynamicHost } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

const resourceUrn = "urn:pulumi:dev::shop::type::data";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader", "snapshotContributor");
});
afterAll(async () => stage.close());

const declared = (changes: object = {}): object =>
  stage.estate.diskDeclaration({ onFailure: "report", resourceUrn, ...changes });

/** The checked inputs, of a declaration that no check fails. */
async function inputsOf(host: DynamicHost, changes: object = {}, olds: object = {}): Promise<Properties> {
  const { inputs, failures } = await host.check(declared(changes), olds);
  expect(failures).toEqual([]);
  return inputs;
}

describe('a declaration that is refused with onFailure: "report"', () => {
  const bad = { vaultId: "none", timeouts: { create: "soon" } };
  const reason =
    /^vaultId: "none" is not an ARM id; .*; timeouts\.create: "soon" is no duration; give one as in "45m"/;

  it("stops nobody else: it is done, with the reason as an output, and nothing was asked", async () => {
    const { result, exchanges } = await stage.operation(async (host) =>
      host.create(await inputsOf(host, bad)),
    );
    expect(result.outputs).toMatchObject({
      provisioningState: "NotCreated",
      failure: expect.stringMatching(reason),
    });
    expect(result.id).not.toBe("");
    expect(exchanges).toEqual([]);
  });

  it("is known in the preview", async () => {
    const { result } = await stage.operation(async (host) => inputsOf(host, { ...bad, isPreview: true }));
    expect(result.failure).toMatch(reason);
  });

  it.each<[what: string, wrong: () => object]>([
    ["the vault", () => ({ vaultId: "none" })],
    ["the disk", () => ({ datasource: { kind: "disk", diskId: 7 } })],
    ["the kind", () => ({ datasource: { kind: "tape" } })],
    ["all", () => ({ vaultId: 7, policyId: 7, datasource: "data", name: 7, timeouts: 7 })],
  ])(
    "holds nothing in Azure that a refresh could read or a deletion delete: %s is wrong",
    async (_what, wrong) => {
      const { result, exchanges } = await stage.operation(async (host) => {
        const { id, outputs } = await host.create(await inputsOf(host, wrong()));
        const read = await host.read(id, outputs);
        await host.delete(id, outputs);
        return read;
      });
      expect(result.id).toBe("");
      expect(exchanges).toEqual([]);
    },
  );

  it("is tried again, and gets its own id once nothing is wrong with it", async () => {
    const { result } = await stage.operation(async (host) => {
      const before = await inputsOf(host, bad);
      const { id, outputs } = await host.create(before);
      const again = await inputsOf(host, bad, before);
      const stillWrong = {
        difference: await host.diff(id, outputs, again),
        after: await host.update(id, outputs, again),
      };
      const news = await inputsOf(host, {}, again);
      const difference = await host.diff(id, stillWrong.after, news);
      const created = await host.create(news);
      await host.delete(id, stillWrong.after);
      return { stillWrong, difference, created, read: await host.read(created.id, created.outputs) };
    });
    expect(result.stillWrong.difference).toMatchObject({ changes: 2, replaces: [] });
    expect(result.stillWrong.after.failure).toMatch(reason);
    expect(result.difference.replaces).not.toEqual([]);
    expect(result.created.id).toContain(`${stage.estate.vaultId}/backupInstances/`);
    expect(result.read.outputs).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(result.created.outputs).not.toHaveProperty("failure");
    await stage.operation(async (host) => host.delete(result.created.id, result.created.outputs));
  });

  it("leaves what is protected as it is, until nothing is wrong with it", async () => {
    const { result, exchanges } = await stage.operation(async (host) => {
      const before = await inputsOf(host);
      const { id, outputs } = await host.create(before);
      const from = stage.emulator.exchanges.length;
      const refused = await inputsOf(host, { ...bad, name: "other" }, before);
      const difference = await host.diff(id, outputs, refused);
      const failed = await host.update(id, outputs, refused);
      const asked = stage.emulator.exchanges.length - from;
      const news = await inputsOf(host, { friendlyName: "Data" }, refused);
      const mended = {
        difference: await host.diff(id, failed, news),
        after: await host.update(id, failed, news),
      };
      return { outputs, difference, failed, asked, mended };
    });
    const { failure, ...failed } = result.failed;
    expect(failure).toMatch(reason);
    expect(failed).toEqual(result.outputs);
    expect(result.difference).toMatchObject({ changes: 2, replaces: [] });
    expect(result.asked).toBe(0);
    expect(result.mended.difference).toMatchObject({ changes: 2, replaces: [] });
    expect(result.mended.after).toMatchObject({
      friendlyName: "Data",
      protectionState: "ProtectionConfigured",
    });
    expect(result.mended.after).not.toHaveProperty("failure");
    expect(storyOf(exchanges)).not.toContain("DELETE backupInstances/* 202");
  });

  it("is reported where it contradicts what state holds, too", async () => {
    const { result } = await stage.operation(async (host) => {
      const before = await inputsOf(host);
      return inputsOf(host, { name: "other" }, before);
    });
    expect(result.failure).toMatch(/^name: Azure Backup cannot rename the instance/);
  });

  it("fails the check where failures are to fail, and where it is not known what they are to do", async () => {
    for (const onFailure of ["fail", "ignore"]) {
      const { result } = await stage.operation(async (host) => host.check(declared({ ...bad, onFailure })));
      expect(result.failures.map(({ property }) => property)).toContain("vaultId");
    }
  });

  itAgreesWithOpenApi(() => stage);
});
