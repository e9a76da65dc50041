import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { Stage } from "../wire/stage";

/** A resource as the engine keeps it in state. */
interface KeptResource {
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

const fixtures = readdirSync(__dirname)
  .filter((name) => name.endsWith(".json"))
  .toSorted();
const read = (name: string): Record<string, KeptResource> =>
  JSON.parse(readFileSync(path.join(__dirname, name), "utf8")) as Record<string, KeptResource>;
const resourceUrn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance::data";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader", "snapshotContributor", "accountContributor");
});
afterAll(async () => stage.close());

/** What a program declares whose state this is. */
function declared({ inputs }: KeptResource): Record<string, unknown> {
  const {
    backupInstanceId: _id,
    claimedBy: _claim,
    resourceUrn: _urn,
    __provider: _text,
    ...declaration
  } = inputs;
  return { ...declaration, resourceUrn, isPreview: false };
}

/** Brings the instance about of which state tells, as it was when state was written. */
async function protect(kept: KeptResource): Promise<void> {
  await stage.operation(async (host) => host.create((await host.check(declared(kept))).inputs));
}

describe.each(fixtures)("state as in %s", (name) => {
  describe.each(Object.entries(read(name)))("%s", (_, kept) => {
    const { id, inputs, outputs } = kept;
    beforeAll(async () => protect(kept));

    it("is refreshed without a change to what it says of the instance", async () => {
      const { result } = await stage.operation(async (host) => host.read(id, outputs));
      expect(result.id).toBe(id);
      expect(result.outputs).toMatchObject(outputs);
      expect(result.inputs).toMatchObject(inputs);
    });

    it("has nothing to do under the same program", async () => {
      const { result } = await stage.operation(async (host) => {
        const { inputs: news, failures } = await host.check(declared(kept), inputs);
        expect(failures).toEqual([]);
        return host.diff(id, outputs, news);
      });
      expect(result).toEqual({ changes: 1, replaces: [] });
    });

    it("is updated in place", async () => {
      const { result } = await stage.operation(async (host) => {
        const { inputs: news } = await host.check({ ...declared(kept), friendlyName: "another" }, inputs);
        expect(await host.diff(id, outputs, news)).toEqual({ changes: 2, replaces: [] });
        return host.update(id, outputs, news);
      });
      expect(result).toMatchObject({ friendlyName: "another", protectionState: "ProtectionConfigured" });
    });

    it("is destroyed, and the instance with it", async () => {
      await stage.operation(async (host) => host.delete(id, outputs));
      const { result } = await stage.operation(async (host) => host.read(id, outputs));
      expect(result.id).toBe("");
    });
  });
});

it("is written by this version in the shape of the newest fixture; a new shape needs a fixture of its own", async () => {
  const newest = read(fixtures.at(-1) ?? "none");
  for (const kept of Object.values(newest)) {
    const { result } = await stage.operation(async (host) => {
      const { inputs } = await host.check(declared(kept));
      return { inputs, ...(await host.create(inputs)) };
    });
    expect({ ...result }).toEqual({ ...kept });
  }
});
