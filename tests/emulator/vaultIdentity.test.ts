import type { Client, Json } from "./client";
import { Landscape } from "./landscape";

describe("a vault's identities", () => {
  let landscape: Landscape;
  let client: Client;
  let identityId: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    identityId = `${landscape.groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backup`;
  });
  afterEach(() => landscape.stop());

  const identityDetails = (): Json => ({
    useSystemAssignedIdentity: false,
    userAssignedIdentityArmUrl: identityId,
  });
  const assign = () =>
    client.call("PATCH", landscape.vaultId, {
      identity: { type: "SystemAssigned,UserAssigned", userAssignedIdentities: { [identityId]: {} } },
    });

  it("may be user-assigned, and then protect with that identity's roles", async () => {
    expect((await assign()).body.error.code).toBe("FailedIdentityOperation");
    const { body: created } = await landscape.ok(client.put(identityId, { location: "westeurope" }));
    const { body: vault } = await landscape.ok(assign());
    expect(vault.identity).toMatchObject({
      type: "SystemAssigned,UserAssigned",
      principalId: landscape.principalId,
      userAssignedIdentities: { [identityId]: { principalId: created.properties.principalId } },
    });
    const properties = { ...landscape.diskInstance(), identityDetails: identityDetails() };
    const instanceId = `${landscape.vaultId}/backupInstances/data-1`;
    await landscape.grant(landscape.principalId);
    await landscape.protect("data-1", properties);
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionError");
    await landscape.grant(created.properties.principalId);
    await client.post(`${instanceId}/sync`, { syncType: "Default" });
    landscape.passInSeconds(31);
    expect(await landscape.stateOf(instanceId)).toBe("ProtectionConfigured");
    expect((await client.get(instanceId)).body.properties.identityDetails).toEqual(identityDetails());
  });

  it("must be the vault's, and its own for blobs in the vault", async () => {
    const put = (properties: Json) =>
      client.put(`${landscape.vaultId}/backupInstances/x`, {
        properties: { ...properties, identityDetails: identityDetails() },
      });
    const refused = { status: 400, body: { error: { code: "UserErrorInvalidParameterInRequest" } } };
    await landscape.ok(client.put(identityId, { location: "westeurope" }));
    expect(await put(landscape.diskInstance())).toMatchObject(refused);
    await landscape.ok(assign());
    expect(await put(landscape.blobInstance(["one"]))).toMatchObject(refused);
    expect((await put(landscape.blobInstance())).status).toBe(201);
  });

  it("may be missing, and then nothing can be protected", async () => {
    await landscape.ok(client.call("PATCH", landscape.vaultId, { identity: { type: "None" } }));
    await landscape.grant();
    const { body } = await landscape.protect("data-1", landscape.diskInstance());
    expect((await client.get(landscape.vaultId)).body.identity).toBeUndefined();
    expect(body.properties.protectionErrorDetails.code).toBe("UserErrorMissingRequiredPermissions");
  });
});
