import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as path from "node:path";
import type { AxiosInstance } from "axios";
import type { FleetSummary } from "../../components";
import type { Emulator, Exchange } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { StackSettings } from "../../emulator/stackSettings";
import { prepareStackSettings } from "../../emulator/stackSettings";
import type { DriveRequest, DriveResult } from "../consumers/drive";
import { RedOperation, drive } from "../consumers/drive";
import { signIn } from "../wire/signIn";
import { describeWithPulumi } from "./withPulumi";

const repository = path.resolve(__dirname, "../..");

describeWithPulumi("a fleet by tag, with the real engine", (_pulumi, cliRoot) => {
  let folder: string;
  let emulator: Emulator;
  let http: AxiosInstance;
  let settings: StackSettings;
  let groupId: string;
  let before: string[];

  beforeAll(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), "fleet-"));
    emulator = await startEmulator({ speed: 500, enforceThrottling: true });
    http = await signIn(emulator);
    const programFolder = path.join(repository, "examples/fleet");
    settings = await prepareStackSettings({ emulator, programFolder }, folder);
    groupId = `/subscriptions/${emulator.subscriptionId}/resourceGroups/estate`;
    await put(groupId, "2024-03-01", {});
    for (const name of ["a", "b", "c"]) {
      await putDisk(name, "nightly");
    }
    await putDisk("untagged", undefined);
    const accountId = `${groupId}/providers/Microsoft.Storage/storageAccounts/files`;
    const account = { kind: "StorageV2", sku: { name: "Standard_LRS" }, tags: { backup: "nightly" } };
    await put(accountId, "2023-05-01", account);
    await put(identityId(), "2023-01-31", { tags: { backup: "nightly" } });
    before = emulator.remainingResourceIds();
  });
  afterAll(async () => {
    await emulator.stop();
    await fs.rm(folder, { recursive: true, force: true });
  });

  const put = async (id: string, apiVersion: string, body: object): Promise<void> => {
    await http.put(id, { location: "westeurope", ...body }, { params: { "api-version": apiVersion } });
  };
  const diskId = (name: string): string => `${groupId}/providers/Microsoft.Compute/disks/${name}`;
  const identityId = (): string =>
    `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/tagged`;
  const putDisk = async (name: string, tag: string | undefined): Promise<void> =>
    put(diskId(name), "2024-03-02", {
      tags: tag === undefined ? {} : { backup: tag },
      properties: { diskSizeGB: 4, creationData: { createOption: "Empty" } },
    });

  const pulumi = async (operation: DriveRequest["operation"]): Promise<DriveResult> =>
    drive({
      operation,
      cliRoot,
      settings,
      config: {},
      programFile: path.join(repository, "dist/examples/fleet/index.js"),
    });
  const redPulumi = async (operation: DriveRequest["operation"]): Promise<RedOperation> => {
    const outcome = await pulumi(operation).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(RedOperation);
    return outcome as RedOperation;
  };
  const summaryIn = ({ outputs }: Pick<DriveResult, "outputs">): Record<string, string[]> => {
    const summary = outputs?.summary?.value as FleetSummary;
    const withoutHash = (member: string): string => member.replace(/-[0-9a-f]{8}$/, "");
    return Object.fromEntries(
      Object.entries(summary).map(([key, members]: [string, Record<string, string>]) => [
        key,
        Object.keys(members).map(withoutHash),
      ]),
    );
  };
  const instances = (): string[] =>
    emulator
      .remainingResourceIds()
      .flatMap((id) => /\/backupInstances\/([^/-]+)/.exec(id)?.[1] ?? [])
      .sort();

  it("protects what has the tag, and skips what it cannot protect", async () => {
    expect((await pulumi("preview")).changes).toMatchObject({ create: expect.any(Number) });
    expect(summaryIn(await pulumi("up"))).toEqual({
      protected: ["a", "b", "c", "files"],
      failed: [],
      skipped: [identityId()],
    });
    expect(instances()).toEqual(["a", "b", "c", "files"]);
  });

  it("asks for the tag and for the vault's instances when nothing changed, whatever the number of members", async () => {
    const from = emulator.exchanges.length;
    const { changes, outputs } = await pulumi("up");
    expect(Object.keys(changes)).toEqual(["same"]);
    expect(summaryIn({ outputs }).protected).toHaveLength(4);
    const asked = emulator.exchanges.slice(from).filter(isOurs).map(whatWasAsked);
    expect(asked.filter((what) => /disks|storageAccounts|backupInstances\/./.test(what))).toEqual([]);
    expect(asked.filter((what) => /resources$|backupInstances$/.test(what))).toEqual([
      "GET /resources",
      "GET /backupInstances",
    ]);
  });

  it("lets every member have its turn before the update is red for one of them", async () => {
    emulator.control.failProtection(diskId("bad"), {
      errorDetails: { code: "UserErrorSomething", message: "This one cannot be protected." },
    });
    for (const name of ["bad", "later-1", "later-2", "later-3", "later-4", "later-5", "later-6"]) {
      await putDisk(name, "nightly");
    }
    const { message, outputs } = await redPulumi("up");
    expect(message).toMatch(
      /1 of 11 members of fleet "nightly" are not protected:\s+- bad-[0-9a-f]{8}: waiting for backup instance /,
    );
    expect(message).toContain("UserErrorSomething: This one cannot be protected.");
    expect(summaryIn({ outputs })).toMatchObject({ failed: ["bad"] });
    expect(summaryIn({ outputs }).protected).toHaveLength(10);
  });

  it("tries again those that failed, says so in the preview, and leaves the others alone", async () => {
    expect((await pulumi("preview")).changes).toMatchObject({ update: 1 });
    expect((await redPulumi("up")).message).toMatch(/1 of 11 members/);
    emulator.control.healProtection(diskId("bad"));
    const { changes, outputs } = await pulumi("up");
    expect(changes).toMatchObject({ update: 1 });
    expect(Object.keys(changes).sort()).toEqual(["same", "update"]);
    expect(summaryIn({ outputs })).toMatchObject({ failed: [] });
  });

  it("lets every member have its turn when one cannot be given its role, too", async () => {
    const error = { code: "ScopeLocked", message: "The scope cannot perform write operation." };
    emulator.control.injectFault({
      match: { method: "PUT", path: /disks\/locked\/.*\/roleAssignments\// },
      fault: { status: 409, body: { error } },
    });
    await putDisk("locked", "nightly");
    await putDisk("open", "nightly");
    const { message, outputs } = await redPulumi("up");
    expect(message).toMatch(
      /1 of 13 members .*\s+- locked-[0-9a-f]{8}: creating role assignment .*ScopeLocked/,
    );
    expect(summaryIn({ outputs })).toMatchObject({ failed: ["locked"] });
    expect(summaryIn({ outputs }).protected).toContain("open");
    expect(summaryIn(await pulumi("up"))).toMatchObject({ failed: [] });
  });

  it("ends the protection of what lost its tag, as onDelete says", async () => {
    await putDisk("c", undefined);
    const { changes } = await pulumi("up");
    expect(Object.keys(changes).sort()).toEqual(["delete", "same"]);
    expect(instances()).not.toContain("c");
    expect(instances()).toHaveLength(12);
  });

  it("changes nothing when the question cannot be answered", async () => {
    const all = instances();
    const error = { code: "AuthorizationFailed", message: "The client does not have authorization." };
    emulator.control.injectFault({
      match: { path: /\/resources$/ },
      fault: { status: 403, body: { error } },
    });
    expect((await redPulumi("up")).message).toMatch(
      /finding resources with tag backup=nightly .*AuthorizationFailed/,
    );
    expect(instances()).toEqual(all);
  });

  it("changes nothing when nothing is found", async () => {
    const all = instances();
    emulator.control.injectFault({
      match: { path: /\/resources$/ },
      fault: { status: 200, body: { value: [] } },
    });
    expect((await redPulumi("up")).message).toMatch(
      /nothing was found, and an update without these resources/,
    );
    expect(instances()).toEqual(all);
  });

  it("has never asked for more than Resource Manager's limits allow", () => {
    expect(emulator.exchanges.filter(({ status }) => status === 429)).toEqual([]);
  });

  it("refreshes without a change, and is destroyed without a trace", async () => {
    expect(Object.keys((await pulumi("refresh")).changes)).toEqual(["same"]);
    await pulumi("destroy");
    const disks = emulator
      .remainingResourceIds()
      .filter((id) => !/disks\/(bad|later-\d|locked|open)$/.test(id));
    expect(disks).toEqual(before);
  });
});

function isOurs({ requestHeaders, url }: Exchange): boolean {
  return requestHeaders["user-agent"] === "pulumi-azure-dataprotection" && url.startsWith("/subscriptions/");
}

function whatWasAsked({ method, url }: Exchange): string {
  return `${method} ${url.replace(/\?.*$/, "").replace(/^.*(?=\/(backupInstances|resources|backupVaults)\b)/, "")}`;
}
