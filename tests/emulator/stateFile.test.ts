import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { Client } from "./client";
import { Landscape } from "./landscape";

describe("a state file", () => {
  let folder: string;
  let stateFile: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "emulator-state-"));
    stateFile = join(folder, "state.json");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const startedAt = Date.parse("2026-11-20T10:00:00Z");

  it("lets another emulator go on, with what was still to come and without anybody's secrets", async () => {
    const landscape = await Landscape.start({ stateFile });
    const { client, emulator, vaultId } = landscape;
    await landscape.grant();
    emulator.control.advance(60_000);
    const instanceId = `${vaultId}/backupInstances/data-1`;
    const put = await client.put(instanceId, { properties: landscape.diskInstance() });
    const remaining = emulator.remainingResourceIds();
    await landscape.stop();

    const text = readFileSync(stateFile, "utf8");
    expect(text).not.toContain(emulator.environment["ARM_CLIENT_SECRET"]);
    expect(text).not.toContain(emulator.controlToken);
    expect(statSync(stateFile).mode & 0o077).toBe(0);

    let now = startedAt + 20_000;
    const next = await startEmulator({ stateFile, now: () => now });
    const nextClient = new Client(next);
    expect(next.remainingResourceIds()).toEqual(remaining);
    const state = async () => (await nextClient.get(instanceId)).body.properties.currentProtectionState;
    expect(await state()).toBe("ConfiguringProtection");
    const statusUrl = put.headers["azure-asyncoperation"]!.replace(emulator.url, next.url);
    expect((await nextClient.get(statusUrl)).body.status).toBe("Inprogress");
    now += 31_000;
    expect(await state()).toBe("ProtectionConfigured");
    nextClient.close();
    await next.stop();
  });

  it.each([
    ["{", "cannot be read"],
    ['{"version": 99}', "was not written by this version of the emulator"],
  ])("is refused when it holds %s", async (text, message) => {
    writeFileSync(stateFile, text);
    await expect(startEmulator({ stateFile })).rejects.toThrow(message);
    expect(readFileSync(stateFile, "utf8")).toBe(text);
  });
});
