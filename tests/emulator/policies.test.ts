import { backupRule, policyDocument, retentionRule } from "../wire/policyDocuments";
import type { Client, Json } from "./client";
import { Landscape, policy } from "./landscape";

const disks = "Microsoft.Compute/disks";
const blobs = "Microsoft.Storage/storageAccounts/blobServices";
const dataLakes = "Microsoft.Storage/storageAccounts/adlsBlobServices";

const at = (hour: number, interval: string): string => `R/2026-01-01T0${hour}:00:00+00:00/${interval}`;

function policyOf(datasourceType: string, store: string, intervals: string[], retention?: string): Json {
  return policyDocument(datasourceType, [retentionRule(store, retention), backupRule(store, ...intervals)]);
}

describe("backup policies", () => {
  let landscape: Landscape;
  let client: Client;
  const put = (name: string, body: Json): Promise<{ status: number; body: Json }> =>
    client.put(`${landscape.vaultId}/backupPolicies/${name}`, body);

  beforeAll(async () => {
    landscape = await Landscape.start();
    client = landscape.client;
  });
  afterAll(() => landscape.stop());

  it("are accepted again when nothing is changed", async () => {
    const { status, body } = await put("disk", policy(disks, "OperationalStore"));
    expect(status).toBe(200);
    expect(body).toEqual((await client.get(`${landscape.vaultId}/backupPolicies/disk`)).body);
  });

  it("are never changed, in use or not", async () => {
    expect(await put("disk2", policyOf(disks, "OperationalStore", [at(1, "P1D")]))).toMatchObject({
      status: 400,
      body: {
        error: {
          code: "UserErrorBMSUpdatePolicyNotSupported",
          message: "Update of existing policy is not supported.",
          additionalInfo: [{ info: { recommendedAction: ["Please create a new policy."] } }],
        },
      },
    });
  });

  it("are given ids of their tags", async () => {
    const { body } = await put("tags", policyOf(disks, "OperationalStore", [at(1, "P1D")]));
    expect(body.properties.policyRules[1].trigger.taggingCriteria[0].tagInfo).toEqual({
      tagName: "Default",
      id: "Default_",
    });
  });

  it.each<[string, Json]>([
    ["disks every hour", policyOf(disks, "OperationalStore", [at(1, "PT1H")])],
    ["disks for a year", policyOf(disks, "OperationalStore", [at(1, "P1D")], "P1Y")],
    ["disks 450 times", policyOf(disks, "OperationalStore", [at(1, "PT12H")], "P225D")],
    ["operational blobs for 360 days", policyOf(blobs, "OperationalStore", [at(1, "P1D")], "P360D")],
    ["blobs for ten years", policyOf(blobs, "VaultStore", [at(1, "P1W")], "P10Y")],
    [
      "blobs five times a day",
      policyOf(
        blobs,
        "VaultStore",
        [1, 2, 3, 4, 5].map((hour) => at(hour, "P1D")),
      ),
    ],
    ["Data Lake accounts", policyOf(dataLakes, "VaultStore", [at(1, "P1W")])],
    [
      "other datasources, which are not judged",
      policyOf("Microsoft.Other/things", "ArchiveStore", ["never"]),
    ],
  ])("protect %s", async (what, body) => {
    expect(await put(what.replace(/\W/g, "-"), body)).toMatchObject({ status: 200 });
  });

  it.each<[string, Json]>([
    ["disks every five hours", policyOf(disks, "OperationalStore", [at(1, "PT5H")])],
    ["disks weekly", policyOf(disks, "OperationalStore", [at(1, "P1W")])],
    ["disks in the vault", policyOf(disks, "VaultStore", [at(1, "P1D")])],
    ["disks for more than a year", policyOf(disks, "OperationalStore", [at(1, "P1D")], "P366D")],
    ["disks 452 times", policyOf(disks, "OperationalStore", [at(1, "PT12H")], "P226D")],
    ["operational blobs for a year", policyOf(blobs, "OperationalStore", [at(1, "P1D")], "P1Y")],
    ["blobs for eleven years", policyOf(blobs, "VaultStore", [at(1, "P1D")], "P11Y")],
    ["blobs every hour", policyOf(blobs, "VaultStore", [at(1, "PT1H")])],
    [
      "blobs six times a day",
      policyOf(
        blobs,
        "VaultStore",
        [1, 2, 3, 4, 5, 6].map((hour) => at(hour, "P1D")),
      ),
    ],
    ["blobs for no time", policyOf(blobs, "VaultStore", [at(1, "P1D")], "forever")],
    ["blobs without a start", policyOf(blobs, "VaultStore", ["R/soon/P1D"])],
    ["Data Lake accounts beside the data", policyOf(dataLakes, "OperationalStore", [at(1, "P1D")])],
  ])("do not protect %s", async (_what, body) => {
    const error = { code: "BMSUserErrorInvalidInput" };
    expect(await put("refused", body)).toMatchObject({ status: 400, body: { error } });
  });

  const rule = (store: string, name: string): Json => ({ ...retentionRule(store), name });

  it.each<[string, number, Json[]]>([
    [
      "each their own",
      200,
      [rule("OperationalStore", "Default_OperationalStore"), rule("VaultStore", "Default")],
    ],
    ["the vault's for operational backups alone", 200, [rule("OperationalStore", "Default")]],
    ["the operational one alone", 200, [rule("OperationalStore", "Default_OperationalStore")]],
    ["one for both", 400, [rule("OperationalStore", "Default"), rule("VaultStore", "Default")]],
    [
      "the vault's for operational backups",
      400,
      [rule("OperationalStore", "Default"), rule("VaultStore", "Weekly")],
    ],
    ["one for two", 400, [rule("VaultStore", "Default"), rule("VaultStore", "Default")]],
  ])("of blobs have rules whose names are %s: %d", async (what, status, rules) => {
    const reply = await put(what.replace(/\W/g, "-"), policyDocument(blobs, rules));
    expect(reply.status).toBe(status);
    if (status === 400) {
      expect(reply.body.error).toMatchObject({
        code: "BMSUserErrorInvalidInput",
        message: "Input provided for the call is invalid",
      });
    }
  });

  it.each(["ab", "under_score", "x".repeat(151)])("are not named %s", async (name) => {
    expect((await put(name, policy(disks, "OperationalStore"))).status).toBe(400);
  });
});
