import { runJobs } from "../../cli/jobs/jobsCommand";
import { CommandStage } from "./commandStage";
import type { Run } from "./commandStage";

let stage: CommandStage;
let instanceId: string;

beforeEach(async () => {
  stage = await CommandStage.open();
  instanceId = await stage.recovery.protectDisk();
});
afterEach(() => stage.close());

const list = (...words: string[]): Promise<Run> =>
  stage.run(runJobs, "--vault-id", stage.recovery.landscape.vaultId, ...words);

/** Begins a backup that ends so, and gives the id of its job. */
async function begin(status?: string): Promise<string> {
  const { recovery } = stage;
  const errorDetails = {
    code: "UserErrorManagedDiskNotFound",
    message: "The disk is gone.",
    recommendedAction: ["Look for it."],
  };
  if (status !== undefined) {
    recovery.landscape.emulator.control.endJobs(instanceId, { operation: "Backup", status, errorDetails });
  }
  const { properties } = await recovery.operationOf(await recovery.backUp(instanceId), 1);
  return properties.jobId as string;
}

it("lists jobs, newest first, with what went wrong", async () => {
  await begin();
  stage.recovery.landscape.passInSeconds(600);
  await begin("Failed");
  stage.recovery.landscape.passInSeconds(600);
  const { printed, requests } = await list();
  const [headings, failed, completed] = printed.split("\n");
  expect(headings).toMatch(/^STARTED +AGO +OPERATION +INSTANCE +STATUS +TOOK +JOB +REASON$/);
  expect(failed).toMatch(
    /10m +Backup +data-1 +Failed +3m5s +[0-9a-f-]{36} +UserErrorManagedDiskNotFound: The disk is gone\. Look for it\.$/,
  );
  expect(completed).toMatch(/20m +Backup +data-1 +Completed +3m5s +[0-9a-f-]{36}$/);
  expect(requests).toEqual(["GET backupJobs"]);
});

it.each<[string[], number]>([
  [["--status", "failed"], 1],
  [["--status", "Completed"], 1],
  [["--operation", "restore"], 0],
  [["--operation", "Backup"], 2],
  [["--instance", "DATA-1"], 2],
  [["--instance", "other"], 0],
])("chooses by %j", async (words, count) => {
  await begin();
  stage.recovery.landscape.passInSeconds(600);
  await begin("Failed");
  stage.recovery.landscape.passInSeconds(600);
  expect(JSON.parse((await list(...words, "--output", "json")).printed)).toHaveLength(count);
  const { printed } = await list(...words);
  expect(printed.split("\n")).toHaveLength(count + 1);
});

it("tells of one job as it is", async () => {
  const jobId = await begin();
  const { printed, failure } = await stage.run(runJobs, "--job-id", jobId);
  expect(printed).toContain("status: InProgress");
  expect(printed).toContain("operation: Backup, on demand");
  expect(failure).toBe("");
});

it.each<[status: string | undefined, printed: string, failure: RegExp, errorName: string]>([
  [undefined, "recovery point: ", /^$/, ""],
  ["CompletedWithWarnings", "warning: UserErrorManagedDiskNotFound: The disk is gone.", /^$/, ""],
  [
    "Failed",
    "error: UserErrorManagedDiskNotFound: The disk is gone. Look for it.",
    /^backup job \S+: Failed: UserErrorManagedDiskNotFound: The disk is gone\. Look for it\.$/,
    "UnhealthyError",
  ],
  ["Cancelled", "status: Cancelled", /Cancelled: the service gives no reason/, "UnhealthyError"],
])("follows a job to its end, which is %s", async (status, told, message, errorName) => {
  const jobId = await begin(status);
  const run = await stage.run(runJobs, "--job-id", jobId, "--follow");
  expect(run.printed).toContain(told);
  expect(run.failure).toMatch(message);
  expect(run.errorName).toBe(errorName);
  expect(run.progress.at(-1)).toMatch(/^backup InProgress/);
});

it("gives up on a job that does not end", async () => {
  const jobId = await begin("Paused");
  const { failure } = await stage.run(runJobs, "--job-id", jobId, "--follow", "--timeout", "20m");
  expect(failure).toMatch(/following job \S+: the --timeout of 20m has passed \(last seen: Paused\)/);
});

it("says that a vault, or a job, is not there", async () => {
  const gone = stage.recovery.landscape.vaultIdOf("gone");
  expect((await stage.run(runJobs, "--vault-id", gone)).failure).toMatch(
    /^listing the jobs of vault \S+gone: /,
  );
  const jobId = `${stage.recovery.landscape.vaultId}/backupJobs/00000000-0000-4000-8000-000000000000`;
  expect((await stage.run(runJobs, "--job-id", jobId)).failure).toMatch(
    /^reading job \S+: it is not there; the service remembers jobs for 14 days/,
  );
});

it.each([
  [[], "--vault-id needs the ARM id of a Backup vault"],
  [["--follow"], "--follow needs --job-id"],
  [["--job-id", "5"], 'and "5" is none'],
  [["--job-id", "/x", "--status", "Failed"], "--job-id names one job"],
  [["--operation", "sleep"], "--operation needs backup or restore, not sleep"],
])("refuses the words %j without a request", async (words, message) => {
  const { failure, errorName, requests } = await stage.run(runJobs, ...words);
  expect(failure).toContain(message);
  expect({ errorName, requests }).toEqual({ errorName: "UsageError", requests: [] });
});
