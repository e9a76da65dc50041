import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { FleetSummary } from "../../../components";
import type { Emulator } from "../../../emulator";
import { otherTenantSubscriptionId, startEmulator } from "../../../emulator";
import type { StackSettings } from "../../../emulator/stackSettings";
import { prepareStackSettings } from "../../../emulator/stackSettings";
import type { DriveRequest } from "../../consumers/drive";
import { RedOperation, drive } from "../../consumers/drive";
import { Estate } from "../../wire/estate";
import { describeWithPulumi } from "../withPulumi";

const repository = path.resolve(__dirname, "../../..");

/** An operation that hangs is ended then, and has not said what is expected. */
const timeLimitInMs = 50_000;

const target =
  "urn:pulumi:dev::late-values::azure-dataprotection:index:DiskBackup$pulumi-nodejs:dynamic/azure-dataprotection:RoleAssignment::data-disk-reader";

const table: { what: string; says: RegExp; options?: DriveRequest["options"] }[] = [
  {
    what: "no system-assigned identity",
    says: /identities of Backup vault \S+ If it has none.* declare the vault with identity: \{ type: \\*"SystemAssigned/,
  },
  { what: "empty principal", says: /give the principal id of the identity that protects/ },
  { what: "no id of a disk", says: /"data\\*" is not (the|an) ARM id/ },
  {
    what: "a name with a space",
    says: /"my data-snapshots-[0-9a-f]{8}" is no name of a resource group, which has up to 90/,
  },
  {
    what: "a vault that a target leaves out",
    says: /data-disk-reader[^]*(backups-vault[^]*--target|leaves the vault out \(--target\))/,
    options: { target: [target] },
  },
];

describeWithPulumi("what is wrong with values that a program knows late", (_pulumi, cliRoot) => {
  let folder: string;
  let emulator: Emulator;
  let estate: Estate;
  let settings: StackSettings;
  let given: string;

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "late-values-"));
    emulator = await startEmulator({ speed: 500 });
    estate = await Estate.build(emulator);
    const options = { emulator, projectName: "late-values", programFolder: repository };
    settings = await prepareStackSettings(options, folder);
    const { vaultId, diskId, filesId, policyIds } = estate;
    given = JSON.stringify({
      vaultId,
      diskId,
      otherDiskId: diskId.replace(emulator.subscriptionId, otherTenantSubscriptionId),
      filesId,
      policies: { disk: policyIds.disk, blob: policyIds.blobOperational },
      principalId: await estate.principalId(),
    });
  });
  afterAll(async () => {
    await emulator.stop();
    await fs.rm(folder, { recursive: true, force: true });
  });

  const run = async (
    operation: DriveRequest["operation"],
    what: string,
    options?: DriveRequest["options"],
  ): Promise<{ message: string; summary?: FleetSummary }> =>
    drive({
      operation,
      cliRoot,
      settings,
      config: {
        "azure-native:location": { value: "westeurope" },
        case: { value: what },
        estate: { value: given },
      },
      programFile: path.join(__dirname, "program.mjs"),
      options,
      timeLimitInMs,
    }).then(
      () => ({ message: "green" }),
      (error: unknown) => {
        const { message, outputs } = error as RedOperation;
        expect(error).toBeInstanceOf(RedOperation);
        return { message, summary: outputs.summary?.value as FleetSummary | undefined };
      },
    );

  it.each(table)("$what: red with the reason, in the preview and in the update", async (row) => {
    const { what, says, options } = row;
    expect((await run("preview", what, options)).message).toMatch(says);
    expect((await run("up", what, options)).message).toMatch(says);
  });

  it("a member of a fleet that has no id is that member's failure", async () => {
    const what = "a fleet with a member that has no id";
    expect((await run("preview", what)).message).toMatch(/bad: .*"no id" is not an ARM id/);
    const { message, summary } = await run("up", what);
    expect(message).toMatch(/1 of 3 members of fleet "estate" are not protected:\s+- bad: .*"no id"/);
    expect(Object.keys(summary?.protected ?? {}).sort()).toEqual(["files", "good"]);
    expect(Object.keys(summary?.failed ?? {})).toEqual(["bad"]);
  });

  it("a subscription in which nobody may make the snapshot group is the failure of its members", async () => {
    const what = "a fleet over two subscriptions";
    const { message, summary } = await run("up", what);
    expect(message).toMatch(
      /1 of 3 members of fleet "estate" are not protected:\s+- other: creating resource group/,
    );
    expect(Object.keys(summary?.protected ?? {}).sort()).toEqual(["files", "good"]);
    // The subscription is of another tenant, where the token of this one counts for nothing.
    expect(summary?.failed).toEqual({ other: expect.stringContaining("InvalidAuthenticationTokenTenant") });
    expect((await run("destroy", "nothing")).message).toBe("green");
  });
});
