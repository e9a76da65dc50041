import type { VaultContents, VaultReader } from "../../../../cli/import/vaultContents";
import { chooseInstances, nameOfUnread, readVault } from "../../../../cli/import/vaultContents";
import { Deadline } from "../../../../provider/azure/http/deadline";
import { ArmError } from "../../../../provider/azure/http/errors";
import { unreadInstance } from "../../../../provider/dataProtection/instanceList";
import { systemClock } from "../../../../provider/azure/clock";
import { vaultId } from "../../declaration";
import { liveDisk } from "./liveInstance";

const deadline = new Deadline(systemClock, 60_000, "the limit of the test");
const deletionInfo = {
  deletionTime: "2026-09-01T10:00:00Z",
  scheduledPurgeTime: "2026-09-15T10:00:00Z",
};
const softDeleted = [{ ...liveDisk("old"), properties: { ...liveDisk("old").properties, deletionInfo } }];

function refusal(statusCode: number, code: string): ArmError {
  const body = { code, message: `${code}!`, details: [], additionalInfo: [] };
  return new ArmError(statusCode, body, { method: "GET", path: "/vault" }, "correlation");
}

const reader = (changes: Partial<VaultReader> = {}): VaultReader => ({
  listInstances: async () => ({ instances: [], unread: [] }),
  listDeleted: async () => ({ instances: [], unread: [] }),
  vaultLocation: async () => "westeurope",
  ...changes,
});

describe("reading a vault", () => {
  it.each<[what: string, changes: Partial<VaultReader>, message: RegExp]>([
    [
      "is not there",
      { vaultLocation: () => Promise.reject(refusal(404, "ResourceNotFound")) },
      /404 ResourceNotFound: .*; check the id: `az dataprotection backup-vault list .* \(correlation id correlation\)$/,
    ],
    [
      "may not be read",
      { listInstances: () => Promise.reject(refusal(403, "AuthorizationFailed")) },
      /403 AuthorizationFailed: .*; give the identity that is signed in the role "Backup Reader" on the vault/,
    ],
  ])("says what to do when it %s", async (_, changes, message) => {
    const reading = readVault(reader(changes), vaultId, deadline);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(`reading the backup instances of vault ${vaultId}: `);
  });
});

describe("choosing instances", () => {
  const live = ["data", "logs", "other"].map((name) => liveDisk(name));
  const unread = [unreadInstance({ id: `${vaultId}/backupInstances/odd` }, "it.properties is no object")];
  const choose = (names: string[], contents: Partial<VaultContents> = {}): string[] => {
    const chosen = chooseInstances({ vaultId, live, softDeleted, unread: [], ...contents }, names);
    return [...chosen.live.map(({ name }) => name), ...chosen.unread.map(nameOfUnread)];
  };

  it("takes all when none is named", () => {
    expect(choose([])).toEqual(["data", "logs", "other"]);
  });

  it("takes those that are named, each once, in any casing", () => {
    expect(choose(["OTHER", "data", "other"])).toEqual(["data", "other"]);
  });

  it("takes those that cannot be read, too, so that the report names them", () => {
    expect(choose([], { unread })).toEqual(["data", "logs", "other", "odd"]);
    expect(choose([], { live: [], unread })).toEqual(["odd"]);
    expect(choose(["Odd"], { unread })).toEqual(["odd"]);
    expect(() => choose(["od"], { unread })).toThrow('it has "data", "logs", "other", "odd"');
  });

  it("says what there is when a name is not found", () => {
    expect(() => choose(["data", "dta"])).toThrow(
      `vault ${vaultId} has no backup instance "dta"; it has "data", "logs", "other"`,
    );
  });

  it("says of a soft-deleted one until when it can be had back, and how", () => {
    expect(() => choose(["old"])).toThrow(
      /"old" of vault .* is soft-deleted \(deleted 2026-09-01T10:00:00Z, recoverable until 2026-09-15T10:00:00Z\) and cannot be imported; declare a BackupInstance/,
    );
  });

  it.each([
    ["nothing", { live: [], softDeleted: [] }, /has no backup instances to import$/],
    ["only deleted ones", { live: [], softDeleted }, /, only soft-deleted ones \(old\): declare/],
  ])("says so when there is %s", (_, contents, message) => {
    expect(() => choose([], contents)).toThrow(message);
  });
});
