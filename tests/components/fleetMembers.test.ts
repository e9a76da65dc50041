import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import type { BackupFleetArgs, FleetSummary } from "../../components";
import { BackupFleet } from "../../components";
import { accountIdOf, declaredFleet, diskIdOf, machineId, ours, policyIds, vault } from "./declared";
import { otherSubscriptionId, registrationsOf } from "./recordingMonitor";

async function summaryOf(
  args: Partial<BackupFleetArgs> & Pick<BackupFleetArgs, "members">,
): Promise<FleetSummary> {
  let summary: FleetSummary | undefined;
  await registrationsOf(() => {
    const fleet = new BackupFleet("estate", { vault, policies: policyIds, ...args });
    fleet.summary.apply((known) => (summary = known));
  });
  return summary!;
}

describe("the members of a BackupFleet", () => {
  it("have ids that are not known yet, of members with names", async () => {
    const diskId = pulumi.output(pulumi.unknown) as pulumi.Output<string>;
    const registrations = await declaredFleet({ members: { data: { diskId } } }, { isPreview: true });
    expect(registrations.get("estate-data-instance")?.type).toBe(`${ours}:BackupInstance`);
  });

  describe("of a list", () => {
    it("names members after their resources and ids, so that the order and the spelling of the list do not matter", () =>
      fc.assert(
        fc.asyncProperty(
          fc.shuffledSubarray(["a", "b", "c", "d"], { minLength: 1 }),
          fc.boolean(),
          async (names, isUpperCase) => {
            const ids = names.map((name) => diskIdOf(name));
            const spelled = ids.map((id) => (isUpperCase ? id.toUpperCase() : id));
            const instancesOf = async (members: string[]): Promise<string[]> =>
              [...(await declaredFleet({ members })).keys()].filter((name) => /-instance$/.test(name)).sort();
            expect(await instancesOf([...spelled].reverse())).toEqual(await instancesOf([...ids, ...ids]));
          },
        ),
        { numRuns: 10 },
      ));

    it("tells namesakes apart", async () => {
      const members = [diskIdOf("data"), diskIdOf("data", otherSubscriptionId)];
      const registrations = await declaredFleet({ members });
      const names = [...registrations.keys()].filter((name) => name.endsWith("-instance"));
      expect(names).toEqual(names.map(() => expect.stringMatching(/^estate-data-[0-9a-f]{8}-instance$/)));
      expect(new Set(names).size).toBe(2);
    });
  });

  describe("sums up", () => {
    it("who is protected, and who is skipped and why", async () => {
      const members = [diskIdOf("data"), machineId, accountIdOf("files")];
      const summary = await summaryOf({ members, kinds: ["disk"] });
      expect(Object.keys(summary.protected)).toEqual([expect.stringMatching(/^data-[0-9a-f]{8}$/)]);
      expect(summary.failed).toEqual({});
      expect(summary.skipped).toEqual({
        [machineId]: "this package protects no Microsoft.Compute/virtualMachines",
        [accountIdOf("files")]: "the fleet protects disks only",
      });
    });

    it("nothing for no members", async () => {
      expect(await summaryOf({ members: [] })).toEqual({ protected: {}, failed: {}, skipped: {} });
    });
  });
});
