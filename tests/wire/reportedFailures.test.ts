import type { DynamicHost } from "../host/dynamicHost";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader", "snapshotContributor");
});
afterEach(async () => stage.close());

const refuseOnce = (): void => {
  const error = {
    code: "UserErrorDiskBackupDiskTypeNotSupported",
    message: "The type of the disk is not supported.",
  };
  stage.emulator.control.injectFault({
    match: { method: "POST", path: /\/validateForBackup$/ },
    fault: { status: 400, body: { error } },
  });
};

const refuseLook = (): void => {
  const error = { code: "AuthorizationFailed", message: "Not yours to see." };
  stage.emulator.control.injectFault({
    match: { method: "GET", path: /\/backupInstances$/ },
    fault: { status: 403, body: { error } },
  });
};

async function inputsOf(host: DynamicHost, changes: object = {}): Promise<Properties> {
  const declaration = stage.estate.diskDeclaration({ onFailure: "report", ...changes });
  return (await host.check(declaration)).inputs;
}

async function createRefused(): Promise<{ id: string; outputs: Properties }> {
  refuseOnce();
  return (await stage.operation(async (host) => host.create(await inputsOf(host)))).result;
}

describe('a create that fails with onFailure: "report"', () => {
  it("is done, with the reason as an output", async () => {
    const { outputs } = await createRefused();
    expect(outputs).toMatchObject({
      protectionState: "NotProtected",
      provisioningState: "NotCreated",
      failure: expect.stringMatching(
        /^creating backup instance .*: UserErrorDiskBackupDiskTypeNotSupported: /,
      ),
    });
  });

  it("is tried again by the next update, whose preview says why", async () => {
    const { id, outputs } = await createRefused();
    const { result } = await stage.operation(async (host) => {
      const news = await inputsOf(host);
      return { diff: await host.diff(id, outputs, news), after: await host.update(id, outputs, news) };
    });
    expect(result.diff).toMatchObject({ changes: 2, replaces: [] });
    expect(result.after).toMatchObject({ protectionState: "ProtectionConfigured" });
    expect(result.after).not.toHaveProperty("failure");
  });

  it("has nothing in Azure that a refresh could read or a deletion delete", async () => {
    const { id, outputs } = await createRefused();
    const { result, exchanges } = await stage.operation(async (host) => {
      await host.delete(id, outputs);
      return host.read(id, outputs);
    });
    expect(result.id).toBe("");
    const notThere = "GET backupInstances/* 404 UserErrorGenericResourceNotFound";
    expect(storyOf(exchanges)).toEqual(["GET backupInstances 200", notThere, notThere]);
  });

  it("is not stopped from going by a service that refuses every look", async () => {
    const { id, outputs } = await createRefused();
    const { result } = await stage.operation(async (host) => {
      refuseLook();
      await host.delete(id, outputs);
      return host.read(id, outputs);
    });
    expect(result.id).toBe("");
  });

  it.each(["a refresh", "a deletion"])(
    "does not hide from %s what an interrupted run of the stack had left",
    async (verb) => {
      const resourceUrn = "urn:pulumi:dev::shop::type::data";
      const { result } = await stage.operation(async (host) =>
        host.create(await inputsOf(host, { resourceUrn })),
      );
      const { id, outputs } = result;
      const { result: refused } = await stage.operation(async (host) => {
        refuseLook();
        return host.create(await inputsOf(host, { resourceUrn }));
      });
      expect(refused.outputs.provisioningState).toBe("NotCreated");
      const { exchanges } = await stage.operation(async (host) => {
        if (verb === "a refresh") {
          expect((await host.read(id, refused.outputs)).outputs).toMatchObject(outputs);
        } else {
          await host.delete(id, refused.outputs);
        }
      });
      const story = storyOf(exchanges);
      expect(story.includes("DELETE backupInstances/* 202")).toBe(verb === "a deletion");
    },
  );

  it("never takes what belongs to another stack, however often it is tried", async () => {
    const urnIn = (stack: string): string => `urn:pulumi:${stack}::shop::type::data`;
    const { result, exchanges } = await stage.operation(async (host) => {
      await host.create(await inputsOf(host, { resourceUrn: urnIn("one") }));
      const news = await inputsOf(host, { resourceUrn: urnIn("two") });
      const { id, outputs } = await host.create(news);
      const again = await host.update(id, outputs, news);
      await host.delete(id, again);
      return again;
    });
    expect(result.failure).toMatch(/belongs to stack shop\/one/);
    expect(storyOf(exchanges)).not.toContain("DELETE backupInstances/* 202");
  });

  it("keeps in state what the service holds, and deletes that", async () => {
    stage.emulator.control.failProtection(stage.estate.diskId, {
      errorDetails: { code: "UserErrorSomething", message: "Something is wrong." },
    });
    const { result } = await stage.operation(async (host) => host.create(await inputsOf(host)));
    expect(result.outputs).toMatchObject({
      protectionState: "ConfiguringProtectionFailed",
      provisioningState: "Succeeded",
      failure: expect.stringContaining("UserErrorSomething: Something is wrong."),
    });
    const { exchanges } = await stage.operation(async (host) => host.delete(result.id, result.outputs));
    expect(storyOf(exchanges)).toContain("DELETE backupInstances/* 202");
  });

  it("is known in the preview, where the service is asked", async () => {
    refuseOnce();
    const { result } = await stage.operation(async (host) =>
      host.check(stage.estate.diskDeclaration({ onFailure: "report", isPreview: true })),
    );
    expect(result.failures).toEqual([]);
    expect(result.inputs.failure).toMatch(/UserErrorDiskBackupDiskTypeNotSupported/);
  });
});

describe('an update that fails with onFailure: "report"', () => {
  it("leaves what was there, with the reason as an output, until one succeeds", async () => {
    const { result } = await stage.operation(async (host) => {
      const { id, outputs } = await host.create(await inputsOf(host));
      const news = await inputsOf(host, { friendlyName: "other" });
      const error = { code: "UserErrorSomething", message: "Not now." };
      stage.emulator.control.injectFault({
        match: { method: "PUT", path: /\/backupInstances\// },
        fault: { status: 400, body: { error } },
      });
      const failed = await host.update(id, outputs, news);
      const read = await host.read(id, failed);
      return { failed, read, after: await host.update(id, failed, news) };
    });
    expect(result.failed).toMatchObject({ failure: expect.stringContaining("UserErrorSomething: Not now.") });
    expect(result.read.inputs).not.toHaveProperty("failure");
    expect(result.after).toMatchObject({ protectionState: "ProtectionConfigured", friendlyName: "other" });
    expect(result.after).not.toHaveProperty("failure");
  });

  itAgreesWithOpenApi(() => stage);
});
