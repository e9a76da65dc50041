import type { Client, Json, Reply } from "./client";
import { Landscape } from "./landscape";

describe("long-running operations of vaults", () => {
  let landscape: Landscape;
  let client: Client;

  beforeEach(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterEach(() => landscape.stop());

  const body: Json = {
    location: "centraluseuap",
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "GeoRedundant" }] },
  };
  /** The vault that is there, as it is. */
  const unchanged: Json = {
    location: "westeurope",
    properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
  };
  const statusOf = async ({ headers }: Reply): Promise<string> =>
    (await client.get(headers["azure-asyncoperation"]!)).body.status as string;

  it.each<[apiVersion: string, statusPath: (vaultId: string) => string]>([
    [
      "2021-01-01",
      (id) => `${id.replace(/\/resourceGroups.*/, "")}/providers/Microsoft.DataProtection/locations/`,
    ],
    ["2023-01-01", (id) => id],
    ["2024-04-01", (id) => id],
    ["2026-06-01", (id) => id],
  ])("a PUT at %s is followed to its end, the first and the next", async (apiVersion, statusPath) => {
    const id = landscape.vaultIdOf("slow");
    const versioned = `${id}?api-version=${apiVersion}`;
    for (const atWork of ["Provisioning", "Updating"]) {
      const put = await client.put(versioned, body);
      expect(put).toMatchObject({
        status: 201,
        headers: { "retry-after": "10" },
        body: { properties: { provisioningState: atWork } },
      });
      expect(put.headers["location"]).toBeUndefined();
      expect(put.headers["azure-asyncoperation"]).toContain(`${statusPath(id)}`);
      expect((await client.get(versioned)).body.properties.provisioningState).toBe(atWork);
      expect(await statusOf(put)).toBe("Inprogress");
      landscape.passInSeconds(1);
      expect(await statusOf(put)).toBe("Succeeded");
      expect((await client.get(versioned)).body.properties.provisioningState).toBe("Succeeded");
    }
  });

  it.each(["Failed", "Canceled"] as const)(
    "a PUT whose operation is %s leaves a failed vault",
    async (status) => {
      const put = await client.put(landscape.vaultId, unchanged);
      landscape.emulator.control.setOperation(put.headers["azure-asyncoperation"]!, { status });
      expect((await client.get(landscape.vaultId)).body.properties.provisioningState).toBe("Failed");
      await client.put(landscape.vaultId, unchanged);
      landscape.passInSeconds(1);
      expect((await client.get(landscape.vaultId)).body.properties.provisioningState).toBe("Succeeded");
    },
  );

  it("a deletion is followed where the vault is not asked for, and shows it until the end", async () => {
    const deletion = await client.delete(landscape.vaultId);
    expect(deletion).toMatchObject({ status: 202, body: undefined });
    expect(deletion.headers["azure-asyncoperation"]).toContain(
      `${landscape.groupId}/providers/Microsoft.DataProtection/locations/westeurope/operationStatus/`,
    );
    expect(deletion.headers["location"]).not.toContain("/resourceGroups/");
    expect((await client.get(landscape.vaultId)).status).toBe(200);
    expect(await client.put(landscape.vaultId, unchanged)).toMatchObject({
      status: 409,
      body: { error: { code: "UserErrorVaultBeingDeleted" } },
    });
    const again = await client.delete(landscape.vaultId);
    const pathOf = ({ headers }: Reply): string => headers["azure-asyncoperation"]!.split("?")[0]!;
    expect(pathOf(again)).toBe(pathOf(deletion));
    landscape.passInSeconds(1);
    expect(await statusOf(deletion)).toBe("Succeeded");
    expect((await client.get(deletion.headers["location"]!)).status).toBe(200);
    expect((await client.get(landscape.vaultId)).status).toBe(404);
    expect((await client.put(landscape.vaultId, body)).status).toBe(201);
  });

  it("a deletion fails, and leaves the vault, when something was protected in it meanwhile", async () => {
    await landscape.grant();
    const deletion = await client.delete(landscape.vaultId);
    await landscape.ok(
      client.put(`${landscape.vaultId}/backupInstances/one`, { properties: landscape.diskInstance() }),
    );
    landscape.passInSeconds(1);
    expect(await statusOf(deletion)).toBe("Failed");
    expect((await client.delete(landscape.vaultId)).body.error.code).toBe("UserErrorVaultNotEmpty");
    expect((await client.put(landscape.vaultId, unchanged)).status).toBe(201);
  });

  it.each<[softDelete: string, immutability: string, secureScore: string, bcdrSecurityLevel: string]>([
    ["Off", "Disabled", "None", "Poor"],
    ["Off", "Unlocked", "None", "Poor"],
    ["On", "Unlocked", "Minimum", "Fair"],
    ["On", "Locked", "Adequate", "Good"],
    ["AlwaysOn", "Disabled", "Adequate", "Good"],
    ["AlwaysOn", "Locked", "Adequate", "Good"],
  ])("soft delete %s and immutability %s are %s and %s", async (softDelete, immutability, ...levels) => {
    const securitySettings = {
      softDeleteSettings: { state: softDelete },
      immutabilitySettings: { state: immutability },
    };
    const id = landscape.vaultIdOf("secured");
    const { properties } = (
      await client.put(id, { ...body, properties: { ...body.properties, securitySettings } })
    ).body;
    expect([properties.secureScore, properties.bcdrSecurityLevel]).toEqual(levels);
    expect(properties.replicatedRegions).toEqual(["eastus2euap"]);
  });
});
