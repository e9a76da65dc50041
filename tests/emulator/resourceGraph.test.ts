import type { Client, Json, Reply } from "./client";
import { Landscape } from "./landscape";

const path = "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01";

describe("Azure Resource Graph", () => {
  let landscape: Landscape;
  let client: Client;
  let instanceId: string;

  beforeAll(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    instanceId = await landscape.protectDisk();
    await landscape.createVault("second");
    await landscape.ok(client.call("PATCH", landscape.diskId, { tags: { team: "blue", cost: "1" } }));
    await landscape.ok(client.call("PATCH", landscape.vaultIdOf("second"), { tags: { team: "blue" } }));
  });
  afterAll(() => landscape.stop());

  const ask = (query: string, rest: Json = {}): Promise<Reply> => client.post(path, { query, ...rest });
  const rowsOf = async (query: string, rest: Json = {}): Promise<Json[]> =>
    (await landscape.ok(ask(query, rest))).body.data as Json[];
  const vaults = "Resources | where type =~ 'microsoft.dataprotection/backupvaults'";
  const instances = "recoveryservicesresources";

  it("has vaults and instances with the columns of every resource", async () => {
    expect(await rowsOf(`${vaults} | where name == "vault"`)).toMatchObject([
      {
        id: landscape.vaultId.replace("backupVaults", "BackupVaults"),
        resourceGroup: "backups",
        kind: "",
        sku: null,
        tags: null,
      },
    ]);
    expect(await rowsOf(instances)).toMatchObject([
      {
        id: instanceId,
        type: "microsoft.dataprotection/backupvaults/backupinstances",
        location: "westeurope",
      },
    ]);
  });

  it.each<[condition: string, found: boolean]>([
    ["properties.currentProtectionState =~ 'protectionconfigured'", true],
    ["properties.currentProtectionState == 'protectionconfigured'", false],
    ["properties['dataSourceInfo'].resourceName in ('data', 'other')", true],
    ["properties.dataSourceInfo.resourceName !in ('data', 'other')", false],
    ["properties.dataSourceInfo.resourceName !~ 'DATA'", false],
    ["split(id, '/')[2] in~ ('none') or name startswith 'DATA'", true],
    ["split(id, '/')[99] == ''", true],
    ["tolower(properties.dataSourceInfo.datasourceType) has 'disks' and not(name contains 'x')", true],
    ["(name == 'none' or name == 'data-1') and location == 'westus'", false],
    ["noSuchColumn.inside == 'one'", false],
  ])("chooses rows where %s", async (condition, found) => {
    expect(await rowsOf(`${instances} | where ${condition}`)).toHaveLength(found ? 1 : 0);
  });

  it("adds and chooses columns, counts and goes page by page", async () => {
    expect(
      await rowsOf(
        `${instances} | extend vaultName = split(split(id, '/backupVaults/')[1], '/')[0] | project name, vaultName`,
      ),
    ).toEqual([{ name: "data-1", vaultName: "vault" }]);
    expect(await rowsOf(`${vaults} | count`)).toEqual([{ Count: 2 }]);
    expect(await rowsOf(`${vaults} | take 1`)).toHaveLength(1);
    const first = (await ask(vaults, { options: { $top: 1 } })).body;
    expect(first).toMatchObject({ totalRecords: 2, count: 1, $skipToken: "1", resultTruncated: "false" });
    const second = (await ask(vaults, { options: { $top: 1, $skipToken: first.$skipToken } })).body;
    expect(second.data[0].id).not.toBe(first.data[0].id);
    expect(second.$skipToken).toBeUndefined();
  });

  it("looks into the subscriptions that are named, or all", async () => {
    const { subscriptionId } = landscape.emulator;
    expect(await rowsOf(vaults, { subscriptions: [subscriptionId.toUpperCase()] })).toHaveLength(2);
    expect(await rowsOf(vaults, { subscriptions: [crypto.randomUUID()] })).toEqual([]);
  });

  it.each<[query: string, status: number, says: string]>([
    ["resources | summarize count() by type", 501, "'summarize'"],
    ["resources | where name matches regex 'a'", 501, "'matches'"],
    ["resources | extend a = strlen(name)", 501, "'strlen'"],
    ["resources | where name == @x", 501, "'@x'"],
    ["alertsmanagementresources", 501, "the table 'alertsmanagementresources'"],
    ["resources | where", 400, "ends too early"],
    ["resources where name == 'a'", 400, "'|' is expected where 'where' is"],
    ["resources | where name in 'a'", 400, "'(' is expected"],
    ["  ", 400, "there is none"],
  ])("answers %s with %i", async (query, status, says) => {
    const { status: answered, body } = await ask(query);
    expect({ answered, code: body.error.code }).toEqual({
      answered: status,
      code: status === 501 ? "NotCoveredByEmulator" : "BadRequest",
    });
    expect(body.error.message).toContain(says);
  });

  it("names the only format of results that is covered", async () => {
    const { status, body } = await ask(vaults, { options: { resultFormat: "table" } });
    expect([status, body.error.message]).toEqual([501, expect.stringContaining("it covers objectArray")]);
  });

  it("is asked about tags by their names too, in Resource Manager", async () => {
    const subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
    const { body } = await client.get(`${subscription}/tagNames`);
    const total = (value: number) => ({ type: "Total", value });
    expect(body.value).toMatchObject([
      { tagName: "team", count: total(2), values: [{ tagValue: "blue", count: total(2) }] },
      { tagName: "cost", count: total(1), values: [{ tagValue: "1", count: total(1) }] },
    ]);
  });
});
