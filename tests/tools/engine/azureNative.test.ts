import type { AxiosResponse } from "axios";
import { difference } from "../../../emulator/azureNative/difference";
import { carryDrift } from "../../../emulator/azureNative/drift";
import { finish } from "../../../emulator/azureNative/longRunning";
import { withName } from "../../../emulator/azureNative/names";
import { pathParametersOf, resourceTypeOf, resourceTypes } from "../../../emulator/azureNative/resourceTypes";
import { readSettings } from "../../../emulator/azureNative/settings";
import { bodyOf, outputsOf, resourceIdOf } from "../../../emulator/azureNative/shape";
import { containsUnknown, keepSecrets, revealAll, unknownValue } from "../../../emulator/azureNative/values";

const account = resourceTypeOf("azure-native:storage:StorageAccount");
const container = resourceTypeOf("azure-native:storage:BlobContainer");
const disk = resourceTypeOf("azure-native:compute:Disk");
const role = resourceTypeOf("azure-native:authorization:RoleAssignment");
const vault = resourceTypeOf("azure-native:dataprotection:BackupVault");

const secret = (value: unknown): object => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("the stand-in's table of types", () => {
  it.each(Object.keys(resourceTypes))("fits the SDK's class: %s", (token) => {
    const [, module, name] = token.split(":");
    const sdkClass = jest.requireActual<Record<string, { __pulumiType: string }>>(
      `@pulumi/azure-native/${module}`,
    )[name ?? ""];

    expect(sdkClass?.__pulumiType).toBe(token);
    expect(pathParametersOf(resourceTypeOf(token))).toContain(resourceTypeOf(token).nameProperty);
  });

  it("says what it serves when asked for another type", () => {
    expect(() => resourceTypeOf("azure-native:network:VirtualNetwork")).toThrow(
      /VirtualNetwork is not served, only .*Disk/,
    );
  });
});

describe("names", () => {
  it("are the logical name and eight random digits", () => {
    expect(withName(disk, "data", {}, {})).toEqual({
      diskName: expect.stringMatching(/^data[0-9a-f]{8}$/),
      __createBeforeDelete: true,
    });
  });

  it("are the logical name for what lives in another resource, and a UUID for role assignments", () => {
    expect(withName(container, "invoices", {}, {})).toEqual({ containerName: "invoices" });
    expect(withName(role, "reader", {}, {}).roleAssignmentName).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  });

  it("stay what they were, and what the program says they are", () => {
    const old = withName(disk, "data", {}, {});
    expect(withName(disk, "data", old, {})).toEqual(old);
    expect(withName(disk, "data", old, { diskName: "mine" })).toEqual({ diskName: "mine" });
    expect(withName(disk, "data", {}, { diskName: unknownValue })).toEqual({ diskName: unknownValue });
  });
});

describe("ids, bodies and outputs", () => {
  const inputs = {
    resourceGroupName: "group",
    accountName: "files",
    __createBeforeDelete: true,
    location: "westeurope",
    sku: { name: "Standard_LRS" },
    enableHttpsTrafficOnly: true,
  };

  it("make the id out of the inputs", () => {
    expect(resourceIdOf(account, inputs, "sub")).toBe(
      "/subscriptions/sub/resourceGroups/group/providers/Microsoft.Storage/storageAccounts/files",
    );
    expect(resourceIdOf(role, { scope: "/subscriptions/sub", roleAssignmentName: "name" }, "other")).toBe(
      "/subscriptions/sub/providers/Microsoft.Authorization/roleAssignments/name",
    );
  });

  it("put what the SDK shows flat where the service expects it, and back", () => {
    const body = {
      location: "westeurope",
      sku: { name: "Standard_LRS" },
      properties: { supportsHttpsTrafficOnly: true },
    };
    expect(bodyOf(account, inputs)).toEqual(body);
    expect(outputsOf(account, { ...body, id: "/id", name: "files", type: "T", kind: null })).toEqual({
      location: "westeurope",
      sku: { name: "Standard_LRS" },
      enableHttpsTrafficOnly: true,
      name: "files",
      type: "T",
      azureApiVersion: "2024-01-01",
    });
  });

  it("leave properties as they are where the SDK does, and turn a list of identities into the service's map", () => {
    const identity = { type: "UserAssigned", userAssignedIdentities: ["/a"] };
    expect(bodyOf(vault, { vaultName: "v", resourceGroupName: "g", identity, properties: { a: 1 } })).toEqual(
      {
        identity: { type: "UserAssigned", userAssignedIdentities: { "/a": {} } },
        properties: { a: 1 },
      },
    );
  });
});

describe("differences", () => {
  const old = {
    diskName: "data1",
    location: "westeurope",
    diskSizeGB: 4,
    creationData: { createOption: "Empty" },
  };

  it("are none when the inputs are the same, however a location is spelled", () => {
    expect(difference(disk, old, { ...old, location: "West Europe" })).toMatchObject({ changes: false });
  });

  it("are updates in place where the service allows it", () => {
    expect(difference(disk, old, { ...old, diskSizeGB: 8 })).toMatchObject({ changes: true, replaces: [] });
  });

  it.each(["diskName", "location", "creationData"])("replace the resource for a new %s", (name) => {
    expect(difference(disk, old, { ...old, [name]: unknownValue })).toEqual({
      changes: true,
      replaces: [name],
      deleteBeforeReplace: true,
    });
  });

  it("create the new one first when the name was chosen at random", () => {
    const named = { ...old, __createBeforeDelete: true };
    expect(difference(disk, named, { ...named, location: "northeurope" }).deleteBeforeReplace).toBe(false);
  });
});

describe("drift", () => {
  it("enters the inputs only where the program set something and the service's answer changed", () => {
    const inputs = { diskSizeGB: 4, tags: { owner: "me" }, sku: { name: "Standard_LRS" } };
    const before = {
      diskSizeGB: 4,
      tags: { owner: "me" },
      sku: { name: "Standard_LRS", tier: "Standard" },
      state: "Idle",
    };
    const now = { diskSizeGB: 8, tags: { owner: "you", added: "x" }, sku: before.sku, state: "Busy" };

    expect(carryDrift(inputs, before, before)).toEqual(inputs);
    expect(carryDrift(inputs, before, now)).toEqual({ ...inputs, diskSizeGB: 8, tags: { owner: "you" } });
  });
});

describe("values", () => {
  it("are unwrapped at any depth, and outputs made of secret inputs are secret", () => {
    const inputs = { tags: { note: secret("hush") }, sku: { name: "x" }, gone: null };
    expect(revealAll(inputs)).toEqual({ tags: { note: "hush" }, sku: { name: "x" } });
    expect(keepSecrets({ tags: { note: "hush" }, sku: 1 }, inputs)).toEqual({
      tags: secret({ note: "hush" }),
      sku: 1,
    });
  });

  it("are unknown when anything in them is", () => {
    expect(containsUnknown({ a: [{ b: unknownValue }] })).toBe(true);
    expect(containsUnknown({ a: ["b"] })).toBe(false);
  });
});

describe("settings", () => {
  const environment = {
    ARM_SUBSCRIPTION_ID: "sub",
    ARM_TENANT_ID: "tenant",
    ARM_CLIENT_ID: "client",
    ARM_CLIENT_SECRET: "secret",
    ARM_RESOURCE_MANAGER_ENDPOINT: "https://127.0.0.1:1234/",
    ARM_RESOURCE_MANAGER_AUDIENCE: "https://127.0.0.1:1234/",
    ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: "https://127.0.0.1:1234/",
  };

  it("are the provider's configuration first, then the variables", () => {
    expect(readSettings({ clientId: "other", location: "northeurope" }, environment)).toMatchObject({
      clientId: "other",
      clientSecret: "secret",
      location: "northeurope",
      resourceManagerEndpoint: "https://127.0.0.1:1234",
    });
  });

  it("name what is missing", () => {
    expect(() => readSettings({}, { ...environment, ARM_CLIENT_SECRET: "" })).toThrow(
      "neither config azure-native:clientSecret nor the variable ARM_CLIENT_SECRET is set",
    );
  });

  it.each([
    undefined,
    "https://management.azure.com",
    "https://127.0.0.1.example.com",
    "https://localhost@example.com",
  ])("refuse a Resource Manager that is not on this machine: %s", (endpoint) => {
    expect(() => readSettings({}, { ...environment, ARM_RESOURCE_MANAGER_ENDPOINT: endpoint })).toThrow(
      /refusing to talk to/,
    );
  });
});

describe("long-running operations", () => {
  const answer = (status: number, headers: object, data: object = {}): AxiosResponse<unknown> =>
    ({ status, headers, data }) as AxiosResponse<unknown>;

  async function follow(
    begin: AxiosResponse<unknown>,
    answers: AxiosResponse<unknown>[],
    resourceUrl?: string,
  ): Promise<string[]> {
    const asked: string[] = [];
    const read = async (url: string): Promise<AxiosResponse<unknown>> => {
      asked.push(url);
      return answers.shift() ?? answer(500, {});
    };
    await finish(begin, { read, resourceUrl, intervalInMs: 1 });
    return asked;
  }

  it("are followed by their status, at the pace the service asks for", async () => {
    const headers = { "azure-asyncoperation": "/status", location: "/result", "retry-after-ms": "1" };
    const answers = [answer(200, {}, { status: "Inprogress" }), answer(200, {}, { status: "Succeeded" })];
    await expect(follow(answer(202, headers), answers)).resolves.toEqual(["/status", "/status"]);
  });

  it("are followed by their location until it answers with something else than 202", async () => {
    const answers = [answer(202, {}), answer(204, {})];
    await expect(follow(answer(202, { location: "/result" }), answers)).resolves.toEqual([
      "/result",
      "/result",
    ]);
  });

  it("are followed by the resource's own state when there is no header", async () => {
    const [running, done] = ["Updating", "Succeeded"].map((provisioningState) => ({
      properties: { provisioningState },
    }));
    await expect(follow(answer(201, {}, running), [answer(200, {}, done)], "/resource")).resolves.toEqual([
      "/resource",
    ]);
    await expect(follow(answer(200, {}, done), [], "/resource")).resolves.toEqual([]);
  });

  it("end with the operation's own error", async () => {
    const failed = { status: "Failed", error: { code: "UserErrorX", message: "No." } };
    await expect(
      follow(answer(202, { "azure-asyncoperation": "/status" }), [answer(200, {}, failed)]),
    ).rejects.toThrow('Status=200 Code="UserErrorX" Message="No."');
  });

  it("of a DELETE end when there is nothing left to ask about", async () => {
    await expect(follow(answer(202, { location: "/result" }), [answer(404, {})])).resolves.toEqual([
      "/result",
    ]);
  });
});
