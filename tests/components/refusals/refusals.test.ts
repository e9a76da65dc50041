import { BackupFleet, BackupVault, BlobBackup, DiskBackup, SnapshotResourceGroup } from "../../../components";
import { accountIdOf, diskIdOf, policyIds, vault } from "../declared";
import { registrationsOf } from "../recordingMonitor";
import { blobRefusals, diskRefusals, snapshotGroupRefusals } from "./backups";
import { fleetRefusals } from "./fleet";
import type { Refusal } from "./refusal";
import { vaultRefusals } from "./vault";

type Component = new (name: string, args: never) => unknown;

const disk = { diskId: diskIdOf("data"), vault, policy: policyIds.disk };
const account = { storageAccountId: accountIdOf("files"), vault, policy: policyIds.blob };

describe.each<{ component: Component; good: object; refusals: Refusal[] }>([
  { component: BackupVault, good: { resourceGroupName: "estate" }, refusals: vaultRefusals },
  { component: DiskBackup, good: disk, refusals: diskRefusals },
  { component: BlobBackup, good: account, refusals: blobRefusals },
  { component: SnapshotResourceGroup, good: { vault }, refusals: snapshotGroupRefusals },
  { component: BackupFleet, good: { vault, policies: policyIds }, refusals: fleetRefusals },
])("$component.name", ({ component, good, refusals }) => {
  const rows = refusals.map(([property, args, reason]) => ({ property, args, reason }));

  it.each(rows)(
    "refuses $property before anything is registered: $reason",
    async ({ property, args, reason }) => {
      let message = "";
      const registrations = await registrationsOf(() => {
        try {
          new component("estate", { ...good, ...args } as never);
        } catch (error) {
          message = (error as Error).message;
        }
      });
      const [before, ...after] = message.split(`${property}: `);
      expect(before).toContain(`declaring ${component.name} "estate": `);
      expect(after.join()).toMatch(reason);
      expect([...registrations.keys()]).toEqual([]);
    },
  );
});

describe("BackupVault", () => {
  it("refuses a component name that no vault's name can be made of, unless a name is given", () => {
    const declare = (): unknown => new BackupVault("my_backups", { resourceGroupName: "estate" });
    expect(declare).toThrow(/vaultName: none can be made of "my_backups"/);
  });

  it("names all that is wrong at once", () => {
    const args = { resourceGroupName: "", redundancy: "none", softDelete: { state: "off" } };
    expect(() => new BackupVault("backups", args as never)).toThrow(
      /resourceGroupName: .*; redundancy: .*; softDelete\.acknowledge: /,
    );
  });
});
