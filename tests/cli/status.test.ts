import { runStatus } from "../../cli/status/statusCommand";
import { CommandStage } from "./commandStage";
import type { Run } from "./commandStage";

const errorDetails = {
  code: "UserErrorSnapshotLimit",
  message: "There are too many snapshots of the disk.",
  recommendedAction: ["Delete some of them."],
};

let stage: CommandStage;
let instanceId: string;

beforeEach(async () => {
  stage = await CommandStage.open();
  instanceId = await stage.recovery.protectDisk();
});
afterEach(() => stage.close());

const run = (...words: string[]): Promise<Run> =>
  stage.run(runStatus, "--vault-id", stage.recovery.landscape.vaultId, ...words);

/** The rows that are printed, cut into cells. */
function rowsOf({ printed }: Run): string[][] {
  return printed
    .split("\n")
    .slice(1)
    .map((line) => line.split(/ {2,}/));
}

interface Situation {
  what: string;
  arrange: () => Promise<void> | void;
  /** Cells of the disk's row after its vault and its name. */
  cells: (string | RegExp)[];
  /** The error; empty for exit code 0. */
  failure: RegExp;
}

const failBackups = (): void =>
  stage.recovery.landscape.emulator.control.endJobs(instanceId, {
    operation: "Backup",
    status: "Failed",
    errorDetails,
  });

const situations: Situation[] = [
  {
    what: "protected a moment ago",
    arrange: () => undefined,
    cells: ["ProtectionConfigured", "nightly", "no backup yet (one is due every 1d)"],
    failure: /^$/,
  },
  {
    what: "backed up this night",
    arrange: () => stage.passDays(1),
    cells: ["ProtectionConfigured", "nightly", "2026-11-21T02:03:05Z", "7h"],
    failure: /^$/,
  },
  {
    what: "not backed up last night, and the night before",
    arrange: () => {
      stage.passDays(1);
      failBackups();
      stage.passDays(1);
    },
    cells: [
      "ProtectionConfigured",
      "nightly",
      "2026-11-21T02:03:05Z",
      "1d 7h",
      /^the last backup failed at 2026-11-22T02:03:05Z: UserErrorSnapshotLimit: There are too many .* Delete some of them\.$/,
    ],
    failure: /^$/,
  },
  {
    what: "not backed up for three nights",
    arrange: () => {
      stage.passDays(1);
      failBackups();
      stage.passDays(3);
    },
    cells: [
      "ProtectionConfigured",
      "nightly",
      "2026-11-21T02:03:05Z",
      "3d 7h",
      /^late \(one is due every 1d\); the last backup failed at 2026-11-24/,
    ],
    failure: /^1 of the backup instances are not protected or late: data-1 \(late\)$/,
  },
  {
    what: "never backed up, with failures for three nights",
    arrange: () => {
      failBackups();
      stage.passDays(3);
    },
    cells: ["ProtectionConfigured", "nightly", /^late/],
    failure: /data-1 \(late\)/,
  },
  {
    what: "backed up last so long ago that no job tells of it",
    arrange: () => {
      stage.passDays(1);
      stage.recovery.landscape.emulator.control.suspendBackups(instanceId);
      stage.passDays(20);
      stage.recovery.landscape.emulator.control.setInstance(instanceId, {
        protectionState: "ProtectionConfigured",
      });
    },
    cells: ["ProtectionConfigured", "nightly", "2026-11-21T02:02:03.3330000Z", "20d 7h", /^late/],
    failure: /data-1 \(late\)/,
  },
  {
    what: "stopped",
    arrange: () => stage.recovery.landscape.emulator.control.stopProtection(instanceId),
    cells: ["ProtectionStopped", "nightly", "not protected: ProtectionStopped"],
    failure: /data-1 \(unprotected\)/,
  },
  {
    what: "broken",
    arrange: () => stage.recovery.landscape.emulator.control.breakProtection(instanceId),
    cells: ["ProtectionError", "nightly", "not protected: ProtectionError"],
    failure: /data-1 \(unprotected\)/,
  },
  {
    what: "in a state that nobody knows",
    arrange: () =>
      stage.recovery.landscape.emulator.control.setInstance(instanceId, { protectionState: "Dreaming" }),
    cells: ["Dreaming", "nightly", "not protected: Dreaming"],
    failure: /data-1 \(unprotected\)/,
  },
  {
    what: "soft-deleted",
    arrange: () => stage.recovery.landscape.emulator.control.softDelete(instanceId),
    cells: ["SoftDeleted", "nightly", /2026-12-04/],
    failure: /^$/,
  },
];

it.each(situations.map((situation) => [situation.what, situation] as const))(
  "tells of an instance that is %s",
  async (_what, { arrange, cells, failure }) => {
    await arrange();
    const told = await run();
    const [row] = rowsOf(told);
    expect(row!.slice(0, 2)).toEqual(["vault", "data-1"]);
    expect(row).toHaveLength(cells.length + 2);
    cells.forEach((cell, index) =>
      typeof cell === "string" ? expect(row![index + 2]).toBe(cell) : expect(row![index + 2]).toMatch(cell),
    );
    expect(told.failure).toMatch(failure);
    expect(told.errorName).toBe(told.failure === "" ? "" : "UnhealthyError");
  },
);

it("tells of continuous backup up to when it can be put back", async () => {
  await stage.recovery.protectBlobs();
  stage.passDays(2);
  const row = rowsOf(await run()).find(([, name]) => name === "invoices-1");
  expect(row).toEqual([
    "vault",
    "invoices-1",
    "ProtectionConfigured",
    "operational",
    "2026-11-22T10:01:22.0000000Z",
    "0s",
  ]);
});

it("asks for each policy once, and for points only where no job tells", async () => {
  stage.passDays(1);
  const { requests } = await run();
  expect(requests).toEqual([
    "GET backupInstances",
    "GET backupJobs",
    "GET backupPolicies/nightly",
    "GET deletedBackupInstances",
  ]);
});

it("looks at all vaults of a subscription", async () => {
  await stage.recovery.landscape.createVault("other");
  const { subscriptionId } = stage.recovery.landscape.emulator;
  const { printed, failure, requests } = await stage.run(runStatus, "--subscription-id", subscriptionId);
  expect(failure).toBe("");
  expect(printed).toContain("data-1");
  expect(requests.filter((request) => request === "GET backupJobs")).toHaveLength(1);
});

it("tells of the vaults that it can read, and what kept it from the others", async () => {
  const gone = stage.recovery.landscape.vaultIdOf("gone");
  const { printed, failure, errorName } = await run("--vault-id", gone);
  expect(printed).toContain("data-1");
  expect(failure).toMatch(/^reading vault \S+gone: ResourceNotFound: .* is not there/);
  expect(errorName).toBe("Error");
});

it("tells of an instance although its policy, or its points, cannot be read", async () => {
  const { control } = stage.recovery.landscape.emulator;
  const forbidden = {
    status: 403,
    body: { error: { code: "AuthorizationFailed", message: "No right to read." } },
  };
  control.injectFault({ match: { method: "GET", path: /backupPolicies/ }, fault: forbidden });
  control.injectFault({ match: { method: "GET", path: /recoveryPoints/ }, fault: forbidden });
  control.stopProtection(instanceId);
  const { printed, failure, errorName } = await run();
  expect(printed).toContain("ProtectionStopped");
  expect(failure).toMatch(/reading backup policy \S+: AuthorizationFailed/);
  expect(failure).toMatch(/reading what \S+ can be restored to: AuthorizationFailed/);
  expect(failure).toMatch(/data-1 \(unprotected\)$/);
  expect(errorName).toBe("Error");
});

it("writes JSON for programs", async () => {
  failBackups();
  stage.passDays(1);
  const [vault] = JSON.parse((await run("--output", "json")).printed);
  expect(vault).toMatchObject({
    vaultId: stage.recovery.landscape.vaultId,
    instances: [
      {
        id: instanceId,
        datasourceId: stage.recovery.landscape.diskId,
        protectionState: "ProtectionConfigured",
        lastFailure: {
          time: "2026-11-21T02:03:05Z",
          reason: expect.stringContaining("UserErrorSnapshotLimit"),
        },
        verdict: "failing",
        policyIntervalInSeconds: 86_400,
      },
    ],
    softDeleted: [],
  });
});

it.each([
  [[], "either --vault-id or --subscription-id is needed"],
  [["--subscription-id", "mine"], 'and "mine" is none'],
  [["--vault-id", "/x"], 'and "/x" is none'],
  [["--all"], "Unknown option '--all'"],
])("refuses the words %j without a request", async (words, message) => {
  const { failure, errorName, requests } = await stage.run(runStatus, ...words);
  expect(failure).toContain(message);
  expect({ errorName, requests }).toEqual({ errorName: "UsageError", requests: [] });
});
