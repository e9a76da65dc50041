import { runBackup } from "../../cli/backup/backupCommand";
import { CommandStage } from "./commandStage";
import type { Run } from "./commandStage";

const errorDetails = {
  code: "UserErrorSnapshotLimit",
  message: "There are too many snapshots of the disk.",
  recommendedAction: ["Delete some of them."],
};

/** What stands in the way, and what comes of it. */
interface Situation {
  what: string;
  arrange?: (stage: CommandStage, instanceId: string) => Promise<void> | void;
  words?: string[];
  /** Parts of the message; none for success. */
  failure: RegExp[];
  /** How many backups were begun in all. */
  begun: number;
}

const lookups = ["GET backupInstances/data-1", "GET backupPolicies/nightly"];

const situations: Situation[] = [
  { what: "nothing", failure: [], begun: 1 },
  {
    what: "a job that fails",
    arrange: ({ recovery }, instanceId) =>
      recovery.landscape.emulator.control.endJobs(instanceId, {
        operation: "Backup",
        status: "Failed",
        errorDetails,
      }),
    failure: [
      /backup job \S+: Failed: UserErrorSnapshotLimit: There are too many snapshots/,
      /Delete some of them\.$/,
    ],
    begun: 1,
  },
  {
    what: "a role that was taken away",
    arrange: async ({ recovery }, instanceId) =>
      recovery.landscape.emulator.control.endJobs(instanceId, {
        operation: "Backup",
        status: "Failed",
        errorDetails: { code: "UserErrorMissingRequiredPermissions", message: "Permissions are missing." },
      }),
    failure: [/needs: az role assignment create .*--role "Disk Backup Reader"/],
    begun: 1,
  },
  {
    what: "a job that is cancelled",
    arrange: ({ recovery }, instanceId) =>
      recovery.landscape.emulator.control.endJobs(instanceId, { operation: "Backup", status: "Cancelled" }),
    failure: [/Cancelled: the service gives no reason/],
    begun: 1,
  },
  {
    what: "a job with warnings",
    arrange: ({ recovery }, instanceId) =>
      recovery.landscape.emulator.control.endJobs(instanceId, {
        operation: "Backup",
        status: "CompletedWithWarnings",
        errorDetails,
      }),
    failure: [],
    begun: 1,
  },
  {
    what: "a job that never ends",
    arrange: ({ recovery }, instanceId) =>
      recovery.landscape.emulator.control.endJobs(instanceId, { operation: "Backup", status: "Paused" }),
    words: ["--timeout", "30m"],
    failure: [/following job \S+: the --timeout of 30m has passed \(last seen: Paused\)/],
    begun: 1,
  },
  {
    what: "a completed job that left no recovery point",
    arrange: ({ recovery }, instanceId) =>
      recovery.landscape.emulator.control.endJobs(instanceId, {
        operation: "Backup",
        status: "Completed",
        hasNoEffect: true,
      }),
    failure: [/Completed, but no recovery point of it can be seen/],
    begun: 1,
  },
  {
    what: "a backup that is at work already",
    arrange: async ({ recovery }, instanceId) => {
      await recovery.landscape.ok(recovery.backUp(instanceId));
      recovery.landscape.passInSeconds(60);
    },
    failure: [],
    begun: 1,
  },
  {
    what: "an answer that is lost after the backup was accepted",
    arrange: ({ recovery }) =>
      void recovery.landscape.emulator.control.injectFault({
        match: { method: "POST", path: /\/backup$/ },
        fault: "resetAfterAction",
      }),
    failure: [],
    begun: 1,
  },
  {
    what: "a connection that breaks before the service has the request",
    arrange: ({ recovery }) =>
      void recovery.landscape.emulator.control.injectFault({
        match: { method: "POST", path: /\/backup$/ },
        fault: "connectionReset",
      }),
    failure: [/no answer from/, /run it again/],
    begun: 0,
  },
  {
    what: "a request that is throttled",
    arrange: ({ recovery }) =>
      void recovery.landscape.emulator.control.injectFault({
        match: { method: "POST", path: /\/backup$/ },
        fault: { status: 429, headers: { "Retry-After": "7" } },
      }),
    failure: [],
    begun: 1,
  },
  {
    what: "looks at the job that fail for a moment",
    arrange: ({ recovery }) =>
      void recovery.landscape.emulator.control.injectFault({
        match: { method: "GET", path: /\/backupJobs\// },
        times: 2,
        fault: {
          status: 404,
          body: { error: { code: "UserErrorGenericResourceNotFound", message: "Not yet." } },
        },
      }),
    failure: [],
    begun: 1,
  },
  {
    what: "an operation whose end nobody tells",
    arrange: ({ recovery }) =>
      void recovery.landscape.emulator.control.injectFault({
        match: { method: "GET", path: /\/operationStatus\// },
        fault: { status: 404, body: { error: { code: "NotFound", message: "The operation is not known." } } },
      }),
    failure: [],
    begun: 1,
  },
  {
    what: "an instance whose protection is stopped",
    arrange: ({ recovery }, instanceId) => recovery.landscape.emulator.control.stopProtection(instanceId),
    failure: [/its protection state is ProtectionStopped/, /pulumi up/],
    begun: 0,
  },
  {
    what: "an instance that is soft-deleted",
    arrange: ({ recovery }, instanceId) => recovery.landscape.emulator.control.softDelete(instanceId),
    failure: [/is soft-deleted \(.*\): bring it back first/],
    begun: 0,
  },
  {
    what: "an instance that is not there",
    words: ["--instance", "nobody"],
    failure: [
      /backupInstances\/nobody is not there; `npx pulumi-azure-dataprotection status --vault-id \S+` lists those/,
    ],
    begun: 0,
  },
  {
    what: "a rule that the policy does not have",
    words: ["--rule", "Default"],
    failure: [/has no backup rule "Default"; give one of "BackupDaily" with --rule/],
    begun: 0,
  },
];

describe("a backup on demand in spite of", () => {
  let stage: CommandStage;
  let instanceId: string;

  beforeEach(async () => {
    stage = await CommandStage.open();
    instanceId = await stage.recovery.protectDisk();
  });
  afterEach(() => stage.close());

  const run = (...words: string[]): Promise<Run> =>
    stage.run(runBackup, "--vault-id", stage.recovery.landscape.vaultId, "--instance", "data-1", ...words);

  it.each(situations.map((situation) => [situation.what, situation] as const))(
    "%s",
    async (_what, situation) => {
      await situation.arrange?.(stage, instanceId);
      const { failure, printed, whatGoesOn } = await run(...(situation.words ?? []));
      if (situation.failure.length === 0) {
        expect(failure).toBe("");
        const [point] = await stage.recovery.pointsOf(instanceId);
        expect(printed).toContain(`recovery point ${point.name} of `);
        expect(whatGoesOn).toMatch(
          /goes on in Azure; `npx pulumi-azure-dataprotection jobs --job-id \S+ --follow` follows it/,
        );
      } else {
        situation.failure.forEach((part) => expect(failure).toMatch(part));
        expect(printed).toBe("");
      }
      stage.recovery.landscape.emulator.control.clearFaults();
      const isThere = !/soft-deleted/.test(situation.what);
      expect(isThere ? (await stage.recovery.jobsOf()).length : 0).toBe(situation.begun);
    },
  );

  it("nothing asks for no more than it needs", async () => {
    const { requests, progress } = await run();
    expect([...new Set(requests)]).toEqual([
      ...lookups,
      "GET backupJobs",
      "POST backupInstances/data-1/backup",
      "GET backupJobs/*",
      "GET backupInstances/data-1/recoveryPoints",
    ]);
    expect(progress).toContain("starting the backup");
    expect(progress.at(-1)).toMatch(/^backup InProgress \(2m/);
  });

  it("continuous backup, of which nothing could be begun", async () => {
    await stage.recovery.protectBlobs();
    const vault = ["--vault-id", stage.recovery.landscape.vaultId];
    const { failure } = await stage.run(runBackup, ...vault, "--instance", "invoices-1");
    expect(failure).toContain("its backup is continuous");
  });

  it("a wish for JSON, which is all that is printed", async () => {
    const { printed } = await run("--output", "json");
    const [point] = await stage.recovery.pointsOf(instanceId);
    expect(JSON.parse(printed)).toMatchObject({
      recoveryPoint: { id: point.name, time: point.properties.recoveryPointTime, store: "OperationalStore" },
      job: { operation: "Backup", status: "Completed", madePointId: point.name, errors: [] },
      wasRunning: false,
    });
  });
});

it.each<[string[], RegExp]>([
  [[], /--vault-id needs the ARM id of a Backup vault/],
  [["--vault-id", "/subscriptions/s"], /and "\/subscriptions\/s" is none/],
  [["--vault-id", vaultId()], /--instance needs the name/],
  [["--vault-id", vaultId(), "--instance", "a/b"], /--instance: /],
  [["--vault-id", vaultId(), "--instance", "a", "--timeout", "soon"], /--timeout needs a duration/],
  [["--vault-id", vaultId(), "--instance", "a", "--output", "xml"], /--output needs table or json, not xml/],
])("is refused without a request for the words %j", async (words, message) => {
  const terminal = {
    print: () => undefined,
    progress: () => undefined,
    onInterrupt: () => undefined,
    open: () => Promise.reject(new Error("signed in")),
  };
  await expect(runBackup(words, terminal)).rejects.toThrow(message);
});

function vaultId(): string {
  return "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v";
}
