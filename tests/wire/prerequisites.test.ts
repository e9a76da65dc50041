import type { PrerequisiteKind } from "../../provider/prerequisites/inputs";
import { prerequisiteText } from "../../provider/resources/providerText";
import type { DynamicHost } from "../host/dynamicHost";
import { signIn } from "./signIn";
import { Stage, itAgreesWithOpenApi } from "./stage";

type Properties = Record<string, unknown>;
type Created = { id: string; outputs: Properties };

const readerGuid = "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24";
const otherRoleGuid = "7efff54f-a5b4-42b5-a1c5-5411624893ce";

let stage: Stage;
let principalId: string;
beforeAll(async () => {
  stage = await Stage.open({ softDelete: "On" });
  principalId = await stage.estate.principalId();
});
afterAll(async () => stage.close());

/** The checked inputs of a resource in a stack of the project "shop". */
async function inputsIn(
  host: DynamicHost,
  stack: string,
  sort: PrerequisiteKind,
  declared: object,
): Promise<Properties> {
  const resourceUrn = `urn:pulumi:${stack}::shop::pulumi-nodejs:dynamic/azure-dataprotection:Any::any`;
  const { inputs, failures } = await host.check({
    __provider: prerequisiteText,
    sort,
    resourceUrn,
    ...declared,
  });
  expect(failures).toEqual([]);
  return inputs;
}

const createIn = async (stack: string, sort: PrerequisiteKind, declared: object): Promise<Created> =>
  (await stage.operation(async (host) => host.create(await inputsIn(host, stack, sort, declared)))).result;

/** Deletes resources in one operation that keeps nothing, and says what that sent. */
const destroy = async (...created: Created[]): Promise<string[]> => {
  const { exchanges } = await stage.operation(async (host) => {
    for (const { id, outputs } of created) {
      await host.delete(id, outputs);
    }
  });
  return exchanges.filter(({ method }) => method === "DELETE").map(({ status }) => `DELETE ${status}`);
};

const isThere = (id: string): boolean =>
  stage.emulator.remainingResourceIds().some((other) => other.toLowerCase() === id.toLowerCase());

const idOfAssignment = (scope: string, name: string): string =>
  `${scope}/providers/Microsoft.Authorization/roleAssignments/${name}`;

const assignmentOf = (scope: string, guid = readerGuid): object => ({
  resourceId: idOfAssignment(scope, "11111111-2222-4333-8444-555555555555"),
  properties: {
    roleDefinitionId: `/subscriptions/${stage.emulator.subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    principalId,
    principalType: "ServicePrincipal",
  },
  neededBy: { vaultId: stage.estate.vaultId },
});

describe("a role assignment", () => {
  it("is one for all stacks that want the same grant, and the second deletion finds nothing to do", async () => {
    const declared = assignmentOf(stage.estate.filesId);
    const first = await createIn("one", "roleAssignment", declared);
    const second = await createIn("two", "roleAssignment", declared);
    expect(second.id).toBe(first.id);
    expect(await destroy(first, second)).toEqual(["DELETE 200", "DELETE 204"]);
  });

  it("that somebody else made serves as well, survives a refresh, and stays when the resource goes", async () => {
    await stage.estate.grant("diskReader");
    const created = await createIn("one", "roleAssignment", assignmentOf(stage.estate.diskId));
    const { servedBy } = created.outputs;
    expect(servedBy).toContain(`${stage.estate.diskId}/providers/Microsoft.Authorization/roleAssignments/`);
    expect(servedBy).not.toBe(created.id);
    const { result } = await stage.operation(async (host) => host.read(created.id, created.outputs));
    expect(result).toMatchObject({ id: created.id, outputs: { servedBy } });
    expect(await destroy(created)).toEqual([]);
    expect(isThere(String(servedBy))).toBe(true);
  });

  it.each([
    ["SomethingElse", 409],
    ["Conflict", 409],
    [undefined, 400],
    ["AuthorizationFailed", 403],
  ])("that somebody else made serves whatever the service says of it: %s (%d)", async (code, status) => {
    const error = { ...(code === undefined ? {} : { code }), message: "It cannot be made." };
    stage.emulator.control.injectFault({
      match: { method: "PUT", path: /\/roleAssignments\// },
      fault: { status, body: { error } },
    });
    const created = await createIn("one", "roleAssignment", assignmentOf(stage.estate.diskId));
    expect(created.outputs.servedBy).toContain("/roleAssignments/");
  });

  it("that nobody made stays refused in the service's words, with the least role that gives the right", async () => {
    const error = { code: "Unheard", message: "It cannot be made." };
    const match = { method: "PUT", path: /\/roleAssignments\// };
    stage.emulator.control.injectFault({ match, fault: { status: 403, body: { error } } });
    const declared = assignmentOf(stage.estate.documentsId);
    await expect(createIn("one", "roleAssignment", declared)).rejects.toThrow(
      `Unheard: It cannot be made. This is about the identity that deploys, not about the vault's: give it the role "Role Based ` +
        `Access Control Administrator" on ${stage.estate.documentsId} with`,
    );
  });

  it("is asked for again while the directory does not know the principal yet", async () => {
    const error = { code: "PrincipalNotFound", message: "Principal does not exist in the directory." };
    stage.emulator.control.injectFault({
      match: { method: "PUT", path: /\/roleAssignments\// },
      fault: { status: 400, body: { error } },
    });
    const created = await createIn("one", "roleAssignment", assignmentOf(stage.estate.documentsId));
    expect(isThere(created.id)).toBe(true);
    await destroy(created);
  });

  it("stays while an instance needs it, and goes with the last one", async () => {
    const { estate } = stage;
    const role = await createIn(
      "one",
      "roleAssignment",
      assignmentOf(estate.snapshotResourceGroupId, otherRoleGuid),
    );
    const instance = await stage.operation(async (host) => {
      const { inputs } = await host.check(estate.diskDeclaration());
      return host.create(inputs);
    });
    expect(await destroy(role)).toEqual([]);
    expect(isThere(role.id)).toBe(true);
    expect(await destroy(instance.result, role)).toEqual(["DELETE 202", "DELETE 200"]);
  });
});

describe("a policy", () => {
  it("stays while a soft-deleted instance holds it, without a failure", async () => {
    const { vaultId, policyIds } = stage.estate;
    const id = policyIds.disk;
    const held = {
      id,
      outputs: { sort: "backupPolicy", resourceId: id, neededBy: { vaultId }, __provider: prerequisiteText },
    };
    expect(await destroy(held)).toEqual([]);
    expect(isThere(id)).toBe(true);
  });
});

describe("a vault", () => {
  const name = "ours";
  const declared = (changes: object = {}): object => ({
    resourceId: `${stage.estate.groupId}/providers/Microsoft.DataProtection/backupVaults/${name}`,
    identity: { type: "SystemAssigned" },
    properties: {
      storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
      securitySettings: { softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
    },
    ...changes,
  });

  it("takes the region of its resource group where none is declared", async () => {
    const { outputs } = await createIn("one", "backupVault", declared());
    expect(outputs).toMatchObject({
      location: "westeurope",
      principals: { principalId: expect.any(String) },
    });
  });

  it("is taken over by the stack that made it, and by no other", async () => {
    await expect(createIn("two", "backupVault", declared())).rejects.toThrow(
      /there is a Backup vault of this name, and it belongs to stack shop\/one; give another name, or refer to \S+ by its id/,
    );
    await expect(
      createIn("one", "backupVault", declared({ resourceId: stage.estate.vaultId })),
    ).rejects.toThrow(/and no stack has made it/);
    expect((await createIn("one", "backupVault", declared())).id).toContain(`/${name}`);
  });

  it("shows what somebody changed of what is declared as a difference, which an update mends", async () => {
    const created = await createIn("one", "backupVault", declared());
    const http = await signIn(stage.emulator);
    const softDeleteSettings = { state: "Off" };
    const change = { properties: { securitySettings: { softDeleteSettings } } };
    await http.patch(created.id, change, { params: { "api-version": "2025-07-01" } });
    const { result } = await stage.operation(async (host) => {
      const news = await inputsIn(host, "one", "backupVault", declared());
      const read = await host.read(created.id, created.outputs);
      const difference = await host.diff(created.id, read.outputs, news);
      const updated = await host.update(created.id, read.outputs, news);
      return { difference, again: await host.diff(created.id, updated, news) };
    });
    expect(result.difference).toMatchObject({ changes: 2, replaces: [] });
    expect(result.again).toMatchObject({ changes: 1 });
  });

  it("is replaced for what Azure cannot change, and for nothing else", async () => {
    const created = await createIn("one", "backupVault", declared());
    const { result } = await stage.operation(async (host) => {
      const replacesFor = async (changes: object): Promise<string[]> => {
        const news = await inputsIn(host, "one", "backupVault", declared(changes));
        return (await host.diff(created.id, created.outputs, news)).replaces;
      };
      return {
        otherName: await replacesFor({ resourceId: "/subscriptions/s/resourceGroups/g/providers/p/t/other" }),
        otherRegion: await replacesFor({ location: "northeurope" }),
        sameRegionInOtherWords: await replacesFor({ location: "West Europe" }),
        tags: await replacesFor({ tags: { owner: "platform" } }),
      };
    });
    expect(result).toEqual({
      otherName: ["resourceId"],
      otherRegion: ["location"],
      sameRegionInOtherWords: [],
      tags: [],
    });
  });

  it("stays, like all that one names, while an instance is in it that this package cannot read", async () => {
    const created = await createIn("one", "backupVault", declared());
    const policyId = `${created.id}/backupPolicies/any`;
    const stranger = { id: `${created.id}/backupInstances/odd`, properties: { bound: [{ to: policyId }] } };
    const fault = stage.emulator.control.injectFault({
      match: { method: "GET", path: /backupVaults\/ours\/backupInstances$/ },
      fault: { status: 200, body: { value: [stranger] } },
      times: Infinity,
    });
    const policy = (name: string): Created => ({
      id: `${created.id}/backupPolicies/${name}`,
      outputs: {
        sort: "backupPolicy",
        resourceId: `${created.id}/backupPolicies/${name}`,
        neededBy: { vaultId: created.id },
        __provider: prerequisiteText,
      },
    });
    const vault = { ...created, outputs: { ...created.outputs, neededBy: { vaultId: created.id } } };
    expect(await destroy(policy("any"), vault)).toEqual([]);
    expect(await destroy(policy("other"))).toEqual(["DELETE 204"]);
    fault.remove();
    expect(isThere(created.id)).toBe(true);
  });

  it("is deleted, and is gone when the deletion ends", async () => {
    const created = await createIn("one", "backupVault", declared());
    expect(await destroy(created)).toEqual(["DELETE 202"]);
    expect(isThere(created.id)).toBe(false);
  });
});

describe("a resource group", () => {
  it("is not judged in a stack that has chosen what is no api-version", async () => {
    const resourceId = `/subscriptions/${stage.emulator.subscriptionId}/resourceGroups/new`;
    const declared = {
      __provider: prerequisiteText,
      sort: "resourceGroup",
      resourceId,
      location: "westeurope",
    };
    const config = { "azure-dataprotection:apiVersion": "latest" };
    const { result } = await stage.operation(async (host) => host.check(declared), config);
    expect(result.failures).toEqual([
      { property: "", reason: expect.stringContaining('azure-dataprotection:apiVersion is "latest"') },
    ]);
  });

  it("wants a region, of the stack if none is declared", async () => {
    const declared = {
      __provider: prerequisiteText,
      sort: "resourceGroup",
      resourceId: `/subscriptions/${stage.emulator.subscriptionId}/resourceGroups/new`,
    };
    const failing = await stage.operation(async (host) => host.check(declared));
    expect(failing.result.failures).toEqual([
      { property: "location", reason: expect.stringContaining("set azure-native:location") },
    ]);
    const config = { "azure-native:location": "westeurope" };
    const { result } = await stage.operation(async (host) => host.check(declared), config);
    expect(result).toMatchObject({ failures: [], inputs: { location: "westeurope" } });
  });
});

itAgreesWithOpenApi(() => stage);
