import type { Exchange } from "../../emulator";
import { describeWithWireMaterial } from "../conformance/wireMaterial";
import { readRecording } from "../conformance/recordings";
import type { Estate } from "./estate";
import { Stage } from "./stage";

/** What the Azure CLI protected in a recording, in the form in which a program would declare it. */
interface Recorded {
  name: string;
  apiVersion: string;
  /** The recorded ids, and the estate's that stand for them here. */
  ids: (estate: Estate) => [recorded: string, ours: string][];
  declare: (estate: Estate) => object;
}

const group = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/clitest-dpp-rg";
const vaultId = `${group}/providers/Microsoft.DataProtection/backupVaults/clitest-bkp-vault-donotdelete`;
const location = "westeurope";

const recordings: Recorded[] = [
  {
    name: "create_and_delete_disk.json",
    apiVersion: "2023-01-01",
    ids: (estate) => [
      [`${vaultId}/backupPolicies/diskpolicy`, estate.policyIds.disk],
      [vaultId, estate.vaultId],
      [`${group}/providers/Microsoft.Compute/disks/clitest-disk-donotdelete`, estate.diskId],
      [group, estate.snapshotResourceGroupId],
      ["clitest-disk-donotdelete-clitest-disk-donotdelete-", "data-"],
      ['"clitest-disk-donotdelete"', '"data"'],
    ],
    declare: ({ vaultId, policyIds, diskId, snapshotResourceGroupId }) => ({
      vaultId,
      policyId: policyIds.disk,
      datasource: { kind: "disk", diskId, snapshotResourceGroupId, location },
      name: "data-b7e6f082-b310-11eb-8f55-9cfce85d4fa1",
    }),
  },
  {
    name: "create_and_delete_blob.json",
    apiVersion: "2024-04-01",
    ids: (estate) => [
      [`${vaultId}/backupPolicies/blobpolicy`, estate.policyIds.blobVaulted],
      [vaultId, estate.vaultId],
      [`${group}/providers/Microsoft.Storage/storageAccounts/clitestsadonotdelete`, estate.documentsId],
      ["clitestsadonotdelete-clitestsadonotdelete-", "documents-"],
      ['"clitestsadonotdelete"', '"documents"'],
      ['"testcontainer"', '"invoices"'],
    ],
    declare: ({ vaultId, policyIds, documentsId }) => ({
      vaultId,
      policyId: policyIds.blobVaulted,
      datasource: { kind: "blob", storageAccountId: documentsId, containers: ["invoices"], location },
      name: "documents-b7e6f082-b310-11eb-8f55-9cfce85d4fa1",
    }),
  },
];

/** One request, without what differs in every run: host, signatures, ids of operations. */
interface Request {
  line: string;
  body: unknown;
}

function toRequest(method: string, url: string, body: unknown): Request {
  const path = url.replace(/^https:\/\/[^/]+/, "").replace(/\?.*$/, "");
  const line = `${method} ${path.replace(/(operationStatus|operationResults)\/.*$/, "$1")}`;
  return { line, body: body == null ? undefined : normalizeBody(body) };
}

/**
 * The Azure CLI spells `resourceId` when it validates and `resourceID` when it creates, and says `null` where nothing is
 * meant: the service takes both. Its tests add tags; we have none to add.
 */
function normalizeBody(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll('"resourceId"', '"resourceID"'), (key, value: unknown) =>
    value === null || key === "tags" ? undefined : value,
  );
}

function recordedRequests({ name, ids }: Recorded, estate: Estate): Request[] {
  const requests = readRecording(name).map(({ method, url, requestBody }) => ({ method, url, requestBody }));
  const text = ids(estate).reduce(
    (json, [recorded, ours]) => json.replaceAll(recorded, ours),
    JSON.stringify(requests).replaceAll("centraluseuap", location),
  );
  return (JSON.parse(text) as typeof requests).map(({ method, url, requestBody }) =>
    toRequest(method, url, requestBody),
  );
}

const ours = (exchanges: Exchange[]): Request[] =>
  exchanges.map(({ method, url, requestBody }) => toRequest(method, url, requestBody));

const writes = (requests: Request[]): Request[] => requests.filter(({ line }) => !line.startsWith("GET"));

describeWithWireMaterial("replay of the recordings", () => {
  describe.each(recordings)("the requests of $name", (recorded) => {
    let stage: Stage;
    let expected: Request[];
    let actual: Request[];

    beforeAll(async () => {
      stage = await Stage.open();
      const { estate } = stage;
      await estate.grant("diskReader", "snapshotContributor", "accountContributor");
      expected = recordedRequests(recorded, estate);
      const config = { "azure-dataprotection:apiVersion": recorded.apiVersion };
      const created = await stage.operation(
        async (host) => host.create((await host.check(recorded.declare(estate))).inputs),
        config,
      );
      const { id, outputs } = created.result;
      const deleted = await stage.operation(async (host) => host.delete(id, outputs), config);
      actual = [...ours(created.exchanges), ...ours(deleted.exchanges)];
      expect(stage.emulator.exchanges.at(-1)?.url).toContain(`api-version=${recorded.apiVersion}`);
    });
    afterAll(async () => stage.close());

    it("hold a counterpart of every request of ours, except for looks at the instance", () => {
      const known = new Set(expected.map(({ line }) => line));
      const unknown = actual.filter(
        ({ line }) => !known.has(line) && !/^GET .*\/(b|deletedB)ackupInstances\/[^/]+$/.test(line),
      );
      expect(unknown).toEqual([]);
    });

    it("write the same things in the same order, equal field by field", () => {
      const distinct = (requests: Request[]): Request[] =>
        requests.filter(({ line }, index) => line !== requests[index - 1]?.line);
      // The recording of blobs begins with the deletion of what an earlier test might have left.
      const start = expected.findIndex(({ line }) => line.startsWith("POST"));
      const backupOnDemand = ({ line }: Request): boolean => line.endsWith("/backup");
      const recordedWrites = distinct(writes(expected.slice(start))).filter(
        (request) => !backupOnDemand(request),
      );
      expect(recordedWrites).toHaveLength(3);
      expect(distinct(writes(actual))).toEqual(recordedWrites);
    });
  });
});
