import { Landscape } from "./landscape";

describe("tags that Azure Policy demands", () => {
  let landscape: Landscape;
  let subscription: string;
  const location = "westeurope";
  const vault = {
    location,
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  };

  beforeEach(async () => {
    landscape = await Landscape.start();
    subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
  });
  afterEach(() => landscape.stop());

  it("refuse a group and a vault without them, and take both with them", async () => {
    const { client, emulator } = landscape;
    const assignmentId = emulator.control.demandTag(subscription, "CostCenter");
    for (const [path, body, policyName] of [
      [`${landscape.groupId}-2`, { location }, "Require a tag on resource groups"],
      [landscape.vaultIdOf("second"), vault, "Require a tag on resources"],
    ] as const) {
      const refused = await client.put(path, { ...body, tags: { owner: "me" } });
      expect(refused).toMatchObject({
        status: 403,
        body: {
          error: {
            code: "RequestDisallowedByPolicy",
            target: path.split("/").at(-1),
            message: expect.stringContaining(
              `was disallowed by policy. Policy identifiers: '[{"policyAssignment":`,
            ),
            additionalInfo: [
              {
                type: "PolicyViolation",
                info: {
                  policyAssignmentId: assignmentId,
                  policyDefinitionDisplayName: policyName,
                  policyAssignmentParameters: { tagName: { value: "CostCenter" } },
                },
              },
            ],
          },
        },
      });
      expect((await client.get(path)).status).toBe(404);
      expect((await client.put(path, { ...body, tags: { costcenter: "7" } })).status).toBe(201);
    }
  });

  it("hold for what a PATCH leaves, below their scope, and not for parts of a vault", async () => {
    const { client, emulator, vaultId, diskId, snapshotGroupId } = landscape;
    emulator.control.demandTag(landscape.groupId, "owner");
    expect((await client.call("PATCH", vaultId, { tags: { a: "b" } })).status).toBe(403);
    expect((await client.call("PATCH", vaultId, {})).status).toBe(403);
    expect((await client.call("PATCH", vaultId, { tags: { owner: "me" } })).status).toBe(200);
    expect((await client.call("PATCH", vaultId, {})).status).toBe(200);
    expect((await client.call("PATCH", diskId, { tags: null })).status).toBe(403);
    expect((await client.put(snapshotGroupId, { location })).status).toBe(200);
    await landscape.grant();
    expect((await landscape.protect("data-1", landscape.diskInstance())).status).toBe(200);
  });

  it("are told all at once, and withdrawn", async () => {
    const { control } = landscape.emulator;
    const ids = ["a", "b"].map((name) => control.demandTag("/", name));
    const put = () => landscape.client.put(landscape.snapshotGroupId, { location });
    expect((await put()).body.error.additionalInfo).toHaveLength(2);
    ids.forEach((id) => control.withdrawTagDemand(id));
    expect((await put()).status).toBe(200);
    expect(() => control.withdrawTagDemand("/x")).toThrow("There is no policy assignment /x.");
  });
});
