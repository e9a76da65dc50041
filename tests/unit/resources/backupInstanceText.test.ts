import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import { BackupInstance } from "../../../provider/resources/backupInstance";
import type { PrerequisiteKind } from "../../../provider/prerequisites/inputs";
import { PrerequisiteResource } from "../../../provider/resources/prerequisiteResource";
import { backupInstanceType, prerequisiteText, providerText } from "../../../provider/resources/providerText";
import { diskDeclaration } from "../declaration";

/** A dynamic resource made by the SDK's own class: what ours must look like to the host. */
class ReferenceResource extends pulumi.dynamic.Resource {
  constructor(name: string) {
    const provider: pulumi.dynamic.ResourceProvider = { create: async () => ({ id: "id", outs: {} }) };
    super(provider, name, {}, undefined, "azure-dataprotection", "BackupInstance");
  }
}

interface Registration {
  type: string;
  properties: Record<string, unknown>;
}

async function register(declare: () => unknown): Promise<Registration> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ inputs, name }) => ({ id: name, state: inputs as Record<string, unknown> }),
    call: ({ token }) => {
      throw new Error(`unexpected call of ${token}`);
    },
  };
  let registration: Registration | undefined;
  class RecordingMonitor extends MockMonitor {
    override async registerResource(
      ...[request, callback]: Parameters<MockMonitor["registerResource"]>
    ): Promise<void> {
      registration = { type: request.getType(), properties: request.getObject().toJavaScript() };
      await super.registerResource(request, callback);
    }
  }
  await pulumi.runtime.setMocks(mocks, "project", "stack", false);
  pulumi.runtime.setMockOptions(new RecordingMonitor(mocks), "project", "stack", false);
  declare();
  await pulumi.runtime.disconnect();
  return registration ?? fail("nothing was registered");
}

function fail(message: string): never {
  throw new Error(message);
}

describe("the text in state", () => {
  it("is this line and no other, because it lives in the states of all users", () => {
    expect(providerText).toBe(
      'exports.handler=()=>require("module").createRequire(process.cwd()+"/package.json")("pulumi-azure-dataprotection/provider");',
    );
  });

  it("is this line for what protection rests on", () => {
    expect(prerequisiteText).toBe(
      'exports.handler=()=>require("module").createRequire(process.cwd()+"/package.json")("pulumi-azure-dataprotection/provider").foundation;',
    );
  });

  it("takes no more than 200 bytes a resource", () => {
    for (const text of [providerText, prerequisiteText]) {
      expect(Buffer.byteLength(text)).toBeLessThanOrEqual(200);
    }
  });

  it.each<[PrerequisiteKind, type: string]>([
    ["resourceGroup", "ResourceGroup"],
    ["backupVault", "BackupVault"],
    ["resourceGuardProxy", "ResourceGuardProxy"],
    ["backupPolicy", "BackupPolicy"],
    ["roleAssignment", "RoleAssignment"],
  ])("stands beside a type that never changes either: %s", async (sort, type) => {
    const registered = await register(() => new PrerequisiteResource(sort, "ours", { resourceId: "/id" }));
    expect(registered.type).toBe(`pulumi-nodejs:dynamic/azure-dataprotection:${type}`);
    expect(registered.properties).toMatchObject({ __provider: prerequisiteText, sort, resourceId: "/id" });
  });

  it("is registered under the type and the key that the SDK's own dynamic resources have", async () => {
    const reference = await register(() => new ReferenceResource("reference"));
    const ours = await register(() => new BackupInstance("ours", diskDeclaration));
    expect(ours.type).toBe(reference.type);
    expect(ours.type).toBe(backupInstanceType);
    expect(Object.keys(reference.properties)).toEqual(["__provider"]);
    expect(ours.properties.__provider).toBe(providerText);
  });
});
