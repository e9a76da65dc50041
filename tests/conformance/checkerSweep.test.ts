import { backupRule, policyDocument, retentionRule } from "../wire/policyDocuments";
import { absentInJobsAndPoints } from "./knownDifferences";
import { mutate, rename, routesIn } from "./mutations";
import type { Route } from "./mutations";
import type { CheckedExchange } from "./openApi";
import { checkExchange, summarise } from "./openApi";
import { readRecording, recorded, recordingNames } from "./recordings";
import { describeWithWireMaterial } from "./wireMaterial";

/** Four levels of subtypes deep: rule, trigger, lifecycle, deletion. The recordings have no policy. */
const policyRequest = policyDocument("Microsoft.Compute/disks", [
  backupRule("OperationalStore", "R/2026-01-01T02:00:00+00:00/P1D"),
  retentionRule("OperationalStore"),
]);

const policyPut = (requestBody: unknown = policyRequest): CheckedExchange => ({
  method: "PUT",
  url: recorded("create_and_delete_disk.json", "PUT", "/backupInstances/").url.replace(
    /backupInstances.*/,
    "backupPolicies/daily",
  ),
  requestBody,
  status: 200,
  responseBody: {
    ...policyRequest,
    id: "/one",
    name: "daily",
    type: "Microsoft.DataProtection/backupVaults/backupPolicies",
  },
});

const mapsOfTheDocument = ["tags", "info", "additionalDetails"];
const undocumented = ["isCrossRegionRestore", "sourceDataStoreType"];

/** Where the document lets anything stand, or says nothing although the service shows it. */
function isFreeForm(route: Route): boolean {
  return (
    route.slice(0, -1).some((name) => mapsOfTheDocument.includes(name)) ||
    undocumented.includes(route.at(-1)!)
  );
}

describeWithWireMaterial("the OpenAPI checker, swept with mutations,", () => {
  describe("finds every", () => {
    const faults: readonly [string, (owner: Record<string, unknown>, key: string) => void][] = [
      ["misspelt key", (owner, key) => rename(owner, key, `${key}s`)],
      ["key in another case", (owner, key) => rename(owner, key, key[0]?.toUpperCase() + key.slice(1))],
      ["object in the place of something else", (owner, key) => (owner[key] = { seven: 7 })],
      ["null", (owner, key) => (owner[key] = null)],
    ];

    it.each(faults)("%s in the bodies of the recordings", (_, change) => {
      const missed = new Set<string>();
      let tried = 0;
      for (const exchange of recordingNames().flatMap(readRecording)) {
        const faultless = summarise([exchange]).checked === 1 && checkExchange(exchange).length === 0;
        const sides: ("requestBody" | "responseBody")[] =
          exchange.status < 400 ? ["requestBody", "responseBody"] : ["responseBody"];
        for (const side of faultless ? sides : []) {
          for (const route of routesIn(exchange[side]).filter((one) => !isFreeForm(one))) {
            tried += 1;
            const broken = { ...exchange, [side]: mutate(exchange[side], route, change) };
            if (checkExchange(broken).length === 0) {
              missed.add(route.join("/"));
            }
          }
        }
      }
      expect(tried).toBeGreaterThan(500);
      expect([...missed].filter((route) => !isKnownToBeMissed(route, change))).toEqual([]);
    });

    /**
     * What is absent may be null: in errors, jobs and recovery points, and in what a client sent so. The document leaves open what
     * an error's info and a job's additional details are.
     */
    function isKnownToBeMissed(route: string, change: unknown): boolean {
      const name = route.split("/").at(-1)!;
      const mayBeNull =
        /^error\/(target|details)$/.test(route) ||
        /\/backupDatasourceParametersList\/\d+\/\w+$/.test(route) ||
        absentInJobsAndPoints.includes(name);
      const mayBeAnything = mapsOfTheDocument.includes(name);
      const [anObject, isNull] = faults.slice(2).map(([, fault]) => fault);
      return (change === isNull && (mayBeNull || mayBeAnything)) || (change === anObject && mayBeAnything);
    }
  });

  it("follows subtypes at any depth", () => {
    expect(checkExchange(policyPut())).toEqual([]);
    const unfound = routesIn(policyRequest).filter((route) => {
      const misspelt = mutate(policyRequest, route, (owner, key) => rename(owner, key, `${key}s`));
      return checkExchange(policyPut(misspelt)).length === 0;
    });
    expect(unfound).toEqual([]);
    const subtypes = routesIn(policyRequest).filter((route) => route.at(-1) === "objectType");
    const accepted = subtypes.filter((route) => {
      const unknown = mutate(policyRequest, route, (owner, key) => (owner[key] = "Unknown"));
      return checkExchange(policyPut(unknown)).length === 0;
    });
    // The document has one kind of data store, and no discriminator for it.
    expect(accepted.filter((route) => !route.at(-2)?.endsWith("ataStore"))).toEqual([]);
  });
});
