import { Landscape } from "./landscape";
import type { Json } from "./client";

describe("a write with a condition", () => {
  let landscape: Landscape;
  let containerId: string;
  let etag: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    containerId = `${landscape.accountId}/blobServices/default/containers/one`;
    etag = (await landscape.client.get(containerId)).body.etag;
  });
  afterEach(() => landscape.stop());

  const write = (method: string, path: string, headers: Record<string, string>, body: Json = {}) =>
    landscape.client.call(method, path, method === "DELETE" ? undefined : body, headers);

  it("is refused when it wants to change what is not there", async () => {
    const missing = `${landscape.accountId}/blobServices/default/containers/two`;
    expect(await write("PUT", missing, { "If-Match": "*" })).toMatchObject({
      status: 412,
      body: { error: { code: "PreconditionFailed" } },
    });
    expect((await landscape.client.get(missing)).status).toBe(404);
  });

  it("is refused when it wants to create what is there", async () => {
    for (const id of [containerId, landscape.vaultId, landscape.diskId, landscape.groupId]) {
      const before = await landscape.client.get(id);
      expect((await write("PUT", id, { "If-None-Match": "*" })).status).toBe(412);
      expect((await landscape.client.get(id)).body).toEqual(before.body);
    }
  });

  it("is refused when somebody changed the resource, and let through when nobody did", async () => {
    expect((await write("DELETE", containerId, { "If-Match": '"0x0"' })).status).toBe(412);
    expect((await write("DELETE", containerId, { "If-None-Match": `"0x0", ${etag}` })).status).toBe(412);
    expect((await write("DELETE", containerId, { "If-Match": `"0x0", ${etag}` })).status).toBe(200);
    expect((await write("PUT", containerId, { "If-None-Match": "*" })).status).toBe(201);
  });

  it("is a matter of writes", async () => {
    const read = await landscape.client.call("GET", containerId, undefined, { "If-None-Match": "*" });
    expect(read.status).toBe(200);
  });
});
