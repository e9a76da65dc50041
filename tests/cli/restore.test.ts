import { runRestore } from "../../cli/restore/restoreCommand";
import type { Exchange } from "../../emulator";
import { CommandStage } from "./commandStage";
import type { Run } from "./commandStage";

const errorDetails = {
  code: "UserErrorOfTomorrow",
  message: "The snapshot was moved.",
  recommendedAction: ["Move it back."],
};

let stage: CommandStage;
let instanceId: string;
let pointId: string;

const control = () => stage.recovery.landscape.emulator.control;
const restoreFault = { method: "POST", path: /\/restore$/ };

/** What stands in the way, and what comes of it. */
interface Situation {
  what: string;
  arrange?: () => Promise<unknown> | void;
  /** In place of the words for the target, and after it. */
  words?: () => string[];
  /** Parts of the message; none for success. */
  failure: RegExp[];
  /** How many restores were begun in all. */
  begun: number;
  /** Whether the target is there afterwards. */
  isThere: boolean;
}

const endWith = (status: string, hasNoEffect = false): void =>
  control().endJobs(instanceId, { operation: "Restore", status, errorDetails, hasNoEffect });

/** Situations that do not depend on what is restored. */
const common: Situation[] = [
  { what: "nothing", failure: [], begun: 1, isThere: true },
  {
    what: "a validation that is refused",
    arrange: () => control().refuseRestores(instanceId, errorDetails),
    failure: [/^restoring from \S+: UserErrorOfTomorrow: The snapshot was moved\. Move it back\./],
    begun: 0,
    isThere: false,
  },
  {
    what: "a job that fails",
    arrange: () => endWith("Failed"),
    failure: [/restore job \S+: Failed: UserErrorOfTomorrow: The snapshot was moved\. Move it back\.$/],
    begun: 1,
    isThere: false,
  },
  {
    what: "a job with warnings",
    arrange: () => endWith("CompletedWithWarnings"),
    failure: [],
    begun: 1,
    isThere: true,
  },
  {
    what: "a job that is cancelled",
    arrange: () => endWith("Cancelled"),
    failure: [/Cancelled: UserErrorOfTomorrow|Cancelled: the service gives no reason/],
    begun: 1,
    isThere: false,
  },
  {
    what: "a job that never ends",
    arrange: () => endWith("InProgress"),
    words: () => ["--timeout", "30m"],
    failure: [
      /the --timeout of 30m has passed/,
      /the restore goes on in Azure; `\S+ \S+ jobs --job-id \S+ --follow` follows it$/,
    ],
    begun: 1,
    isThere: false,
  },
  {
    what: "a completed job whose target is not there",
    arrange: () => endWith("Completed", true),
    failure: [/restore job \S+: Completed, but .+ cannot be seen/],
    begun: 1,
    isThere: false,
  },
  {
    what: "an answer that is lost after the restore was accepted",
    arrange: () => void control().injectFault({ match: restoreFault, fault: "resetAfterAction" }),
    failure: [],
    begun: 1,
    isThere: true,
  },
  {
    what: "a connection that breaks before the service has the request",
    arrange: () => void control().injectFault({ match: restoreFault, fault: "connectionReset" }),
    failure: [/no answer from .*; the vault's jobs show none that it began: run it again$/],
    begun: 0,
    isThere: false,
  },
  {
    what: "an error of the service of which nobody knows whether the restore began",
    arrange: () => void control().injectFault({ match: restoreFault, fault: { status: 503 } }),
    failure: [/503 .*[^.]; the vault's jobs show none that it began: run it again \(correlation id/],
    begun: 0,
    isThere: false,
  },
  {
    what: "requests that are throttled",
    arrange: () =>
      void control().injectFault({
        match: { method: "POST", path: /\/(validateRestore|restore)$/ },
        times: 2,
        fault: { status: 429, headers: { "Retry-After": "7" } },
      }),
    failure: [],
    begun: 1,
    isThere: true,
  },
  {
    what: "an instance whose protection is stopped",
    arrange: () => control().stopProtection(instanceId),
    failure: [],
    begun: 1,
    isThere: true,
  },
  {
    what: "an instance that is soft-deleted",
    arrange: () => control().softDelete(instanceId),
    failure: [/is soft-deleted \(.*\): bring it back first/],
    begun: 0,
    isThere: false,
  },
  {
    what: "an earlier run that has finished",
    arrange: () => run(),
    failure: [],
    begun: 1,
    isThere: true,
  },
  {
    what: "an earlier run that was interrupted, and whose job is at work",
    arrange: async () => {
      endWith("InProgress");
      await run("--timeout", "2m");
      control().healRecovery(instanceId);
    },
    failure: [],
    begun: 1,
    isThere: true,
  },
  {
    what: "a recovery point that is gone",
    words: () => ["--point", "0".repeat(32)],
    failure: [/has no recovery point 0{32}; the 1 that it has are of \S+ to \S+ \([0-9a-f]{32}\)/],
    begun: 0,
    isThere: false,
  },
  {
    what: "no recovery point before the time",
    words: () => ["--before", "2026-11-20"],
    failure: [/has no recovery point before 2026-11-20T00:00:00\.0000000Z/],
    begun: 0,
    isThere: false,
  },
  {
    what: "no recovery point at all",
    arrange: () => control().removeRecoveryPoint(`${instanceId}/recoveryPoints/${pointId}`),
    failure: [/has no recovery point yet; `npx pulumi-azure-dataprotection backup` makes one/],
    begun: 0,
    isThere: false,
  },
  {
    what: "an instance that is not there",
    words: () => ["--instance", "nobody"],
    failure: [/nobody is not there/],
    begun: 0,
    isThere: false,
  },
];

const disks: Situation[] = [
  {
    what: "a disk that is there",
    arrange: () =>
      stage.recovery.client.put(stage.recovery.targetDiskId, {
        location: "westeurope",
        properties: { creationData: { createOption: "Empty" } },
      }),
    failure: [
      /data-restored: it is there already, and a restore never takes the place of something; choose another name$/,
    ],
    begun: 0,
    isThere: true,
  },
  {
    what: "a target of another kind",
    words: () => ["--target-account-id", stage.recovery.targetAccountId],
    failure: [/it protects a disk, which is restored to a new disk: give --target-disk-id$/],
    begun: 0,
    isThere: false,
  },
  {
    what: "a resource group that is not there",
    words: () => ["--target-disk-id", stage.recovery.targetDiskId.replace("/restored/", "/nowhere/")],
    failure: [/UserErrorRestoreTargetNotFound: The resource group \S+nowhere was not found/],
    begun: 0,
    isThere: false,
  },
  {
    what: "a role that is missing on the target group",
    arrange: () => elsewhere(),
    words: () => ["--target-disk-id", elsewhereDiskId()],
    failure: [
      /az role assignment create --assignee-object-id \S+ .*--role "Disk Restore Operator" --scope "\/subscriptions\/[^"]*\/elsewhere"/,
      /counts after up to 30 minutes\. With --grant-role/,
    ],
    begun: 0,
    isThere: false,
  },
];

const elsewhereDiskId = (): string => stage.recovery.targetDiskId.replace("/restored/", "/elsewhere/");
const elsewhere = (): Promise<unknown> =>
  stage.recovery.client.put(stage.recovery.targetGroupId.replace(/restored$/, "elsewhere"), {
    location: "westeurope",
  });

const containers: Situation[] = [
  {
    what: "a container that is there",
    arrange: () =>
      stage.recovery.client.put(`${stage.recovery.targetAccountId}/blobServices/default/containers/one`, {}),
    failure: [/containers\/one: it is there already/],
    begun: 0,
    isThere: false,
  },
  {
    what: "the account that was backed up",
    words: () => ["--target-account-id", stage.recovery.landscape.accountId],
    failure: [/--target-account-id is the account that was backed up/],
    begun: 0,
    isThere: false,
  },
  {
    what: "a container that the point does not hold",
    words: () => ["--container", "three"],
    failure: [/UserErrorIncorrectContainersSelectedForOperation/],
    begun: 0,
    isThere: false,
  },
];

let run: (...words: string[]) => Promise<Run>;
let madeIds: string[];

async function expectOutcome({ arrange, words, failure, begun, isThere }: Situation): Promise<void> {
  await arrange?.();
  const told = await run(...(words?.() ?? []));
  if (failure.length === 0) {
    expect(told.failure).toBe("");
    madeIds.forEach((id) => expect(told.printed).toContain(id));
  } else {
    failure.forEach((part) => expect(told.failure).toMatch(part));
    expect(told.printed).toBe("");
  }
  control().clearFaults();
  const restores = (await stage.recovery.jobsOf()).filter(
    ({ properties }) => properties.operation === "Restore",
  );
  expect(restores).toHaveLength(begun);
  for (const id of madeIds) {
    expect((await stage.recovery.client.get(id)).status).toBe(isThere ? 200 : 404);
  }
}

const rows = (...situations: Situation[]) =>
  situations.map((situation) => [situation.what, situation] as const);

describe("a disk is restored in spite of", () => {
  beforeEach(async () => {
    stage = await CommandStage.open();
    instanceId = await stage.recovery.protectDisk();
    pointId = (await stage.recovery.pointOf(instanceId)).name as string;
    madeIds = [stage.recovery.targetDiskId];
    run = (...words) => {
      const target = words.some((word) => word.startsWith("--target"))
        ? []
        : ["--target-disk-id", madeIds[0]!];
      const vault = ["--vault-id", stage.recovery.landscape.vaultId, "--instance", "data-1"];
      return stage.run(runRestore, ...vault, ...target, ...words);
    };
  });
  afterEach(() => stage.close());

  it.each(rows(...common, ...disks))("%s", async (_what, situation) => expectOutcome(situation));

  it("the order of what is asked: looks, validation, restore, job, target", async () => {
    const { requests, whatGoesOn } = await run();
    expect([...new Set(requests)]).toEqual([
      "GET backupInstances/data-1",
      "GET backupInstances/data-1/recoveryPoints",
      "GET backupJobs",
      `GET ${stage.recovery.targetDiskId}`,
      "POST backupInstances/data-1/validateRestore",
      "POST backupInstances/data-1/restore",
      "GET backupJobs/*",
    ]);
    expect(whatGoesOn).toMatch(/^the restore goes on in Azure; .* --follow` follows it$/);
  });

  it("the body, which is the recorded one", async () => {
    await run();
    const { exchanges } = stage.recovery.landscape.emulator;
    const bodyOf = (action: string): unknown =>
      exchanges.find(({ method, url }: Exchange) => method === "POST" && url.includes(`/${action}?`))
        ?.requestBody;
    expect(bodyOf("restore")).toEqual(stage.recovery.diskRestore(pointId));
    expect(bodyOf("validateRestore")).toEqual({ restoreRequestObject: bodyOf("restore") });
  });

  it.each<[status: string | undefined, failure: RegExp]>([
    [undefined, /^$/],
    ["Failed", /Failed: UserErrorOfTomorrow/],
  ])(
    "a missing role that is granted for the time of the restore, whose job ends as %s",
    async (status, failure) => {
      await elsewhere();
      madeIds = [elsewhereDiskId()];
      if (status !== undefined) {
        endWith(status);
      }
      const told = await run("--grant-role");
      expect(told.failure).toMatch(failure);
      expect(told.whatGoesOn).toMatch(/`az role assignment delete --ids \S+`, once it has ended$/);
      expect(told.requests.filter((request) => request.startsWith("PUT")).length).toBeGreaterThan(0);
      expect(told.requests.filter((request) => request.startsWith("DELETE"))).toHaveLength(1);
      const scope = stage.recovery.targetGroupId.replace(/restored$/, "elsewhere");
      const left = await stage.recovery.client.get(
        `${scope}/providers/Microsoft.Authorization/roleAssignments`,
      );
      expect(left.body.value).toEqual([]);
    },
  );

  it("a granted role that a job at work still needs when the wait for it ends", async () => {
    await elsewhere();
    madeIds = [elsewhereDiskId()];
    endWith("InProgress");
    const { failure, requests } = await run("--grant-role", "--timeout", "30m");
    expect(failure).toMatch(
      /has passed.*the restore goes on in Azure.*az role assignment delete --ids \S+`, once it has ended$/,
    );
    expect(requests.filter((request) => request.startsWith("DELETE"))).toEqual([]);
  });

  it("a wish for JSON, which is all that is printed", async () => {
    expect(JSON.parse((await run("--output", "json")).printed)).toMatchObject({
      restoredIds: madeIds,
      recoveryPointId: pointId,
      job: { status: "Completed", destinationId: madeIds[0] },
      wasBegun: true,
    });
  });

  it("many recovery points: the newest, the newest before a time, or one by its id", async () => {
    stage.passDays(3);
    const points = await stage.recovery.pointsOf(instanceId);
    const restoredFrom = async (name: string, ...words: string[]): Promise<unknown> => {
      const target = ["--target-disk-id", stage.recovery.targetDiskId.replace("data-restored", name)];
      return JSON.parse((await run(...target, ...words, "--output", "json")).printed).recoveryPointId;
    };
    expect(await restoredFrom("a")).toBe(points[0].name);
    expect(await restoredFrom("b", "--before", "2026-11-22 03:02+01:00")).toBe(points[2].name);
    expect(await restoredFrom("c", "--point", points[1].name.toUpperCase())).toBe(points[1].name);
  });
});

describe("containers are restored in spite of", () => {
  beforeEach(async () => {
    stage = await CommandStage.open();
    instanceId = await stage.recovery.protectBlobs(["one", "two"]);
    pointId = (await stage.recovery.pointOf(instanceId)).name as string;
    const names = ["one", "two"];
    madeIds = names.map(
      (name) => `${stage.recovery.targetAccountId}/blobServices/default/containers/${name}`,
    );
    run = (...words) => {
      const target = words.some((word) => word.startsWith("--target"))
        ? []
        : ["--target-account-id", stage.recovery.targetAccountId];
      const vault = ["--vault-id", stage.recovery.landscape.vaultId, "--instance", "invoices-1"];
      return stage.run(runRestore, ...vault, ...target, ...words);
    };
  });
  afterEach(() => stage.close());

  it.each(rows(...common))("%s", async (_what, situation) => expectOutcome(situation));

  it.each(rows(...containers))("%s", async (what, situation) => {
    madeIds = what === "a container that is there" ? [] : madeIds;
    await expectOutcome(situation);
  });

  it("a wish for other names", async () => {
    madeIds = [`${stage.recovery.targetAccountId}/blobServices/default/containers/two-restored`];
    expect((await run("--container", "two=two-restored")).failure).toBe("");
    expect((await stage.recovery.client.get(madeIds[0]!)).status).toBe(200);
  });

  it("an interrupted run that restores another container of the same point", async () => {
    endWith("InProgress");
    await run("--container", "one", "--timeout", "2m");
    control().healRecovery(instanceId);
    const told = await run("--container", "two");
    expect(told.failure).toBe("");
    expect((await stage.recovery.client.get(madeIds[1]!)).status).toBe(200);
  });
});

describe("blobs are put back in place", () => {
  beforeEach(async () => {
    stage = await CommandStage.open();
    instanceId = await stage.recovery.protectBlobs();
    stage.recovery.landscape.passInSeconds(3_000);
    madeIds = [];
    run = (...words) => {
      const vault = ["--vault-id", stage.recovery.landscape.vaultId, "--instance", "invoices-1"];
      return stage.run(runRestore, ...vault, ...words);
    };
  });
  afterEach(() => stage.close());

  it.each([
    "2026-11-20T10:30:00Z",
    "2026-11-20 11:30+01:00",
    "2026-11-20T10:30:00.0000000Z",
    "2026-11-20T10:30",
  ])("to %s, which is sent in the service's spelling", async (time) => {
    const { failure, printed } = await run("--time", time, "--overwrite", "--from", "one/a", "--to", "one/m");
    expect(failure).toBe("");
    expect(printed).toContain(
      `restored as of 2026-11-20T10:30:00.0000000Z:\n  ${stage.recovery.landscape.accountId}, in place`,
    );
    const sent = stage.recovery.landscape.emulator.exchanges.find(({ url }) =>
      url.includes("/restore?"),
    )?.requestBody;
    expect(sent).toMatchObject({
      objectType: "AzureBackupRecoveryTimeBasedRestoreRequest",
      recoveryPointTime: "2026-11-20T10:30:00.0000000Z",
      restoreTargetInfo: {
        objectType: "ItemLevelRestoreTargetInfo",
        restoreCriteria: [
          {
            objectType: "RangeBasedItemLevelRestoreCriteria",
            minMatchingValue: "one/a",
            maxMatchingValue: "one/m",
          },
        ],
      },
    });
  });

  it("to no time outside the range, which is told", async () => {
    const { failure, requests } = await run("--time", "2026-11-19", "--overwrite");
    expect(failure).toMatch(
      /can be put back to times from 2026-11-20T10:00:51\.0000000Z to 2026-11-20T10:50:51\.0000000Z, and 2026-11-19T00:00:00\.0000000Z is none of them$/,
    );
    expect(requests.some((request) => request.endsWith("/restore"))).toBe(false);
  });

  it("not while another restore of the account is at work", async () => {
    endWith("InProgress");
    await run("--time", "2026-11-20T10:30", "--overwrite", "--timeout", "2m");
    const { failure } = await run("--time", "2026-11-20T10:20", "--overwrite");
    expect(failure).toMatch(/^restoring in place: job \S+ restores the same account; wait for it/);
  });

  it("and never said to be, before the job has completed", async () => {
    endWith("Failed");
    expect((await run("--time", "2026-11-20T10:30", "--overwrite")).failure).toMatch(
      /Failed: UserErrorOfTomorrow/,
    );
  });
});

it.each<[string[], RegExp]>([
  [[], /one of --target-disk-id .* is needed/],
  [["--target-disk-id", "/d"], /--target-disk-id needs an ARM id/],
  [["--target-account-id", disk()], /--target-account-id needs an ARM id/],
  [["--target-disk-id", disk(), "--time", "2026-11-20"], /one of --target-disk-id/],
  [["--target-disk-id", disk(), "--overwrite"], /--overwrite means nothing with --target-disk-id/],
  [["--target-disk-id", disk(), "--point", "newest"], /--point needs latest or the id/],
  [["--target-disk-id", disk(), "--point", "latest", "--before", "2026-11-20"], /give one of them/],
  [["--target-disk-id", disk(), "--before", "yesterday"], /--before needs a time/],
  [["--time", "2026-11-20"], /say --overwrite if that is meant/],
  [["--time", "soon", "--overwrite"], /--time needs a time/],
  [["--time", "2026-11-20", "--overwrite", "--from", "a"], /come in pairs/],
  [
    ["--time", "2026-11-20", "--overwrite", "--from", "b", "--to", "a"],
    /--from b does not come before --to a/,
  ],
  [["--target-account-id", account(), "--container", "A"], /--container needs the name of a container/],
  [
    ["--target-account-id", account(), "--container", "aaa=ccc", "--container", "ccc"],
    /two containers would have one name/,
  ],
])("refuses the words %j without a request", async (words, message) => {
  const vaultId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v";
  const terminal = {
    print: () => undefined,
    progress: () => undefined,
    onInterrupt: () => undefined,
    open: () => Promise.reject(new Error("signed in")),
  };
  await expect(runRestore(["--vault-id", vaultId, "--instance", "i", ...words], terminal)).rejects.toThrow(
    message,
  );
});

function disk(): string {
  return "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d";
}

function account(): string {
  return "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a";
}
