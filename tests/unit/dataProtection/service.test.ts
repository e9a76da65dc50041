import { Deadline } from "../../../provider/azure/http/deadline";
import { ArmError } from "../../../provider/azure/http/errors";
import { DataProtectionService } from "../../../provider/dataProtection/service";
import { diskId, policyId, vaultId } from "../declaration";
import type { Answer } from "../scriptedSender";
import { ScriptedSender, endpoint } from "../scriptedSender";

const instanceId = `${vaultId}/backupInstances/data`;
const properties = {
  objectType: "BackupInstance",
  dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: diskId },
  policyInfo: { policyId },
  currentProtectionState: "ProtectionConfigured",
};
const oddId = `${vaultId}/backupInstances/odd`;
const instance = { id: instanceId, name: "data", properties };
const desired = { properties: properties as never };

/** A service whose answers are these, in this order, and a deadline of an hour. */
function answering(...answers: Answer[]) {
  const headers = { "x-ms-correlation-request-id": "c1" };
  const client = new ScriptedSender(
    answers.map((answer) => (answer instanceof Error ? answer : { headers, ...answer })),
  );
  const { clock, asked } = client;
  const deadline = new Deadline(clock, 3_600_000, "the create timeout of 1h");
  return { service: new DataProtectionService(client, "2025-07-01"), deadline, asked };
}

const failureOf = async (asked: Promise<unknown>): Promise<unknown> =>
  asked.then(
    () => "no failure",
    (error: unknown) => error,
  );

describe("an answer that can mean nothing", () => {
  it.each<[what: string, body: unknown, reason: string]>([
    ["nothing at all", undefined, "without a body"],
    ["a number", 1, "with something else than the instance: the instance is no object"],
    ["a list", [], "with something else than the instance: the instance is no object"],
    [
      "an instance without properties",
      { ...instance, properties: null },
      "with something else than the instance: the instance.properties is no object",
    ],
    [
      "an instance whose state is a number",
      { ...instance, properties: { ...properties, currentProtectionState: 7 } },
      "with something else than the instance: the instance.properties.currentProtectionState is no text",
    ],
    [
      "an instance with a container that is none",
      {
        ...instance,
        properties: {
          ...properties,
          policyInfo: {
            policyId,
            policyParameters: { backupDatasourceParametersList: [{ containersList: ["a", null] }] },
          },
        },
      },
      "with something else than the instance: the instance.properties.policyInfo.policyParameters" +
        ".backupDatasourceParametersList[0].containersList[1] is no text",
    ],
  ])("is named as such, with its correlation id: %s", async (_, body, reason) => {
    const { service, deadline } = answering({ body }, { body }, { statusCode: 201, body });
    const read = await failureOf(service.getInstance(instanceId, deadline));
    const found = await failureOf(service.findInstance(instanceId, deadline));
    const written = await failureOf(service.put(instanceId, desired, deadline));
    const named = (asked: string, status: number): object => ({
      name: "NoAnswerError",
      message: `${asked} ${instanceId}: the service answered ${status} ${reason}`,
      correlationId: "c1",
    });
    expect([read, found, written]).toMatchObject([named("GET", 200), named("GET", 200), named("PUT", 201)]);
  });

  it("is a list without values, which would make every instance seem gone", async () => {
    const { service, deadline } = answering({ body: {} });
    await expect(service.listInstances(vaultId, deadline)).rejects.toThrow(
      `GET ${vaultId}/backupInstances: the service answered 200 with something else than the list: the list.value is no list`,
    );
  });

  it("is a vault without a region, and who comes next asks again", async () => {
    const { service, deadline } = answering({ body: {} }, { body: { location: "westeurope" } });
    await expect(service.vaultLocation(vaultId, deadline)).rejects.toThrow("the vault.location is no text");
    expect(await service.vaultLocation(vaultId, deadline)).toBe("westeurope");
  });
});

describe("what the service need not tell", () => {
  it("is no nonsense: nothing but null where an instance has nothing set", async () => {
    const unset = { friendlyName: null, protectionErrorDetails: null, provisioningState: null };
    const body = { ...instance, tags: null, properties: { ...properties, ...unset } };
    const { service, deadline } = answering({ body });
    expect(await service.getInstance(instanceId, deadline)).toEqual({ ...body, correlationId: "c1" });
  });

  it("is no nonsense: a PUT that was accepted for later shows no instance", async () => {
    const { service, deadline } = answering({ statusCode: 202 });
    expect((await service.put(instanceId, desired, deadline)).instance).toBeUndefined();
  });
});

describe("a list", () => {
  const next = `${endpoint}${vaultId}/backupInstances?page=2`;
  const firstPage = { body: { value: [instance], nextLink: next } };

  it("is read to its last page", async () => {
    const { service, deadline, asked } = answering(firstPage, {
      body: { value: [{ ...instance, name: "other" }], nextLink: null },
    });
    const { instances } = await service.listInstances(vaultId, deadline);
    expect(instances.map(({ name }) => name)).toEqual(["data", "other"]);
    expect(asked.map(({ target }) => target)).toEqual([`${vaultId}/backupInstances`, next]);
  });

  it("that leads back to a page of its own ends at once", async () => {
    const { service, deadline } = answering(firstPage, firstPage);
    await expect(service.listInstances(vaultId, deadline)).rejects.toThrow(
      "the service answered 200 with a page of the list whose next page it has sent before",
    );
  });

  it("is empty when there is no vault, but not when only a later page is missing", async () => {
    const body = { code: "ResourceNotFound", message: "gone", details: [], additionalInfo: [] };
    const missing = new ArmError(404, body, { method: "GET", path: next }, undefined);
    const { service, deadline } = answering(missing, firstPage, missing);
    expect(await service.listInstances(vaultId, deadline)).toEqual({ instances: [], unread: [] });
    await expect(service.listInstances(vaultId, deadline)).rejects.toThrow("404 ResourceNotFound");
  });

  it.each<[what: string, odd: unknown, problem: string]>([
    [
      "is of a kind without a datasource",
      { id: oddId, name: "odd", properties: {} },
      "dataSourceInfo is no object",
    ],
    [
      "has no type of datasource",
      { id: oddId, name: "odd", properties: { ...properties, dataSourceInfo: { resourceID: diskId } } },
      "dataSourceInfo.datasourceType is no text",
    ],
    [
      "has parts that came later",
      { id: oddId, name: "odd", properties: { ...properties, policyInfo: { policyIds: [policyId] } } },
      "policyInfo.policyId is no text",
    ],
    ["is nothing but an id", { id: oddId }, "it.name is no text"],
  ])("with an instance that %s has all the others, and its id", async (_, odd, problem) => {
    const { service, deadline } = answering({ body: { value: [odd, instance] } });
    const { instances, unread } = await service.listInstances(vaultId, deadline);
    expect(instances).toEqual([{ ...instance, correlationId: "c1" }]);
    expect(unread).toMatchObject([
      { id: oddId, problem: expect.stringContaining(problem), correlationId: "c1" },
    ]);
  });

  it.each([null, 7, [], {}, { id: 7 }])("has all the others also beside %j, which has no id", async (odd) => {
    const { service, deadline } = answering({ body: { value: [odd, instance] } });
    const { instances, unread } = await service.listInstances(vaultId, deadline);
    expect(instances).toHaveLength(1);
    expect(unread).toMatchObject([{ id: undefined }]);
  });

  it("tells of an instance that cannot be read which resources it names", async () => {
    const odd = { id: oddId, properties: { later: [{ place: diskId.toUpperCase() }] } };
    const { service, deadline } = answering({ body: { value: [odd] } });
    const { unread } = await service.listInstances(vaultId, deadline);
    expect([diskId, policyId].map((id) => unread[0]?.mentions(id))).toEqual([true, false]);
  });
});
