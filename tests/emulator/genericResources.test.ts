import type { Client, Json } from "./client";
import { Landscape } from "./landscape";

describe("the resources of a subscription", () => {
  let landscape: Landscape;
  let client: Client;
  let subscriptionId: string;

  beforeAll(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
    subscriptionId = landscape.vaultId.split("/")[2]!;
    for (const [name, tags] of [
      ["nightly-1", { Backup: "nightly" }],
      ["nightly-2", { backup: "nightly", owner: "O'Neill" }],
      ["weekly", { backup: "weekly" }],
    ] as const) {
      const body = { location: "West Europe", tags, properties: { creationData: { createOption: "Empty" } } };
      await landscape.ok(client.put(`${groupId()}/providers/Microsoft.Compute/disks/${name}`, body));
    }
  });
  afterAll(() => landscape.stop());

  const groupId = (): string => landscape.vaultId.split("/providers/")[0]!;
  const list = async (filter?: string, scope = `/subscriptions/${subscriptionId}`): Promise<Json> => {
    const query = filter === undefined ? "" : `&$filter=${encodeURIComponent(filter)}`;
    return client.get(`${scope}/resources?api-version=2021-04-01${query}`);
  };
  const names = ({ body }: Json): string[] => body.value.map(({ name }: Json) => name).sort();

  it("are found by tag, whose name may have any case and whose value may not", async () => {
    expect(names(await list("tagName eq 'BACKUP' and tagValue eq 'nightly'"))).toEqual([
      "nightly-1",
      "nightly-2",
    ]);
    expect(names(await list("tagName eq 'backup' and tagValue eq 'Nightly'"))).toEqual([]);
    expect(names(await list("tagName eq 'backup'"))).toEqual(["nightly-1", "nightly-2", "weekly"]);
    expect(names(await list("tagName eq 'owner' and tagValue eq 'O''Neill'"))).toEqual(["nightly-2"]);
  });

  it("show no tags where they are found by tag, and otherwise what Resource Manager itself knows of them", async () => {
    const { body } = await list("tagName eq 'backup' and tagValue eq 'weekly'");
    expect(body.value).toEqual([
      {
        id: `${groupId()}/providers/Microsoft.Compute/disks/weekly`,
        name: "weekly",
        type: "Microsoft.Compute/disks",
        location: "westeurope",
        sku: expect.any(Object),
      },
    ]);
    expect((await list("name eq 'weekly'")).body.value[0].tags).toEqual({ backup: "weekly" });
  });

  it("are found by type, and in a resource group", async () => {
    const all = names(await list());
    const vaults = names(await list("resourceType eq 'Microsoft.DataProtection/backupVaults'"));
    expect(vaults).toEqual(["vault"]);
    expect(names(await list("resourceType ne 'Microsoft.DataProtection/backupVaults'"))).toHaveLength(
      all.length - 1,
    );
    expect(names(await list(undefined, groupId()))).toEqual(all);
    expect(await list(undefined, `/subscriptions/${subscriptionId}/resourceGroups/none`)).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceGroupNotFound" } },
    });
  });

  it.each([
    "tagName eq 'backup' and tagValue eq 'nightly' and resourceType eq 'Microsoft.Compute/disks'",
    "tags eq 'backup'",
    "tagName eq backup",
  ])("are not found by what the service does not combine or know: %s", async (filter) => {
    const message = `Invalid $filter '${filter}' specified in the query string.`;
    expect(await list(filter)).toMatchObject({
      status: 400,
      body: { error: { code: "InvalidFilterInQueryString", message } },
    });
  });

  it("come page by page, and every page is asked for with the same filter", async () => {
    const found: string[] = [];
    const filter = encodeURIComponent("tagName eq 'backup'");
    let next: string | undefined = `/subscriptions/${subscriptionId}/resources?$filter=${filter}&$top=2`;
    while (next !== undefined) {
      const { body }: Json = await client.get(next);
      expect(body.value.length).toBeLessThanOrEqual(2);
      found.push(...names({ body }));
      next = body.nextLink;
    }
    expect(found).toEqual(["nightly-1", "nightly-2", "weekly"]);
  });
});
