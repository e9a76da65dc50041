import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { UsageError } from "../../command/options";
import { startEmulator } from "../../emulator";
import type { Exchange } from "../../emulator";
import { parseCommandLine } from "../../emulator/commandLine";
import { Pace } from "../../emulator/pace";
import { Router } from "../../emulator/router";
import { Timeline } from "../../emulator/timeline";
import { Client } from "./client";
import { Landscape } from "./landscape";

describe("the command line", () => {
  it("has defaults, and takes what it is given", () => {
    expect(parseCommandLine([])).toEqual({
      port: 0,
      speed: 1,
      idleTimeoutInMinutes: 240,
      enforceThrottling: false,
    });
    const words = ["--port", "8443", "--speed=2.5", "--state-file", "s.json", "--enforce-throttling"];
    expect(parseCommandLine(words)).toEqual({
      port: 8443,
      speed: 2.5,
      idleTimeoutInMinutes: 240,
      stateFile: "s.json",
      enforceThrottling: true,
    });
    expect(parseCommandLine([...words, "--help"])).toBe("help");
  });

  it.each([
    [["--speed"], "Option '--speed <value>' argument missing"],
    [["--speed="], "--speed needs a number from 1 to 1000000, not nothing"],
    [["--speed", "0"], "--speed needs a number from 1 to 1000000, not 0"],
    [["--speed", "fast"], "--speed needs a number from 1 to 1000000, not fast"],
    [["--port", "1.5"], "--port needs a whole number from 0 to 65535, not 1.5"],
    [["--port", "70000"], "--port needs a whole number from 0 to 65535, not 70000"],
    [["--state-file"], "Option '--state-file <value>' argument missing"],
    [["--state-file="], "--state-file needs a file"],
    [["--folder="], "--folder needs a folder"],
    [["--verbose"], "Unknown option '--verbose'"],
    [["extra"], "Unexpected argument 'extra'"],
    [["--toString"], "Unknown option '--toString'"],
  ])("refuses %j in one line", (words, message) => {
    expect(() => parseCommandLine(words)).toThrow(UsageError);
    expect(() => parseCommandLine(words)).toThrow(message);
  });
});

describe("the pace", () => {
  it("is the service's at speed 1", () => {
    expect(new Pace(1).inMs("configuringProtection")).toBe(30_000);
    expect(new Pace(1).retryHeaders("instanceDelete")).toEqual({ "Retry-After": "30" });
  });

  it("divides durations and counts milliseconds at others", () => {
    expect(new Pace(10).inMs("rolePropagation")).toBe(2_000);
    expect(new Pace(10).retryHeaders("instancePut")["retry-after-ms"]).toBe("1500");
    expect(new Pace(1e6).retryHeaders("validation")["retry-after-ms"]).toBe("1");
  });
});

it("lets a timeline catch up in order, with what its tasks schedule", () => {
  const timeline = new Timeline<string>();
  const done: string[] = [];
  timeline.schedule(30, "late");
  timeline.schedule(10, "early");
  timeline.schedule(10, "second at the same time");
  timeline.schedule(99, "never");
  timeline.catchUp(50, (task, at) => {
    done.push(`${at} ${task}`);
    if (task === "early") {
      timeline.schedule(20, "follow-up");
    }
  });
  expect(done).toEqual(["10 early", "10 second at the same time", "20 follow-up", "30 late"]);
});

it("routes by method and path, with any scope in front where a route has one", () => {
  const handle = () => ({ status: 200 });
  const router = new Router([
    { method: "GET", path: "/things/{name}", handle },
    { method: "GET", path: "/{+scope}/providers/Roles/{name}", handle },
  ]);
  expect(router.match("GET", "/THINGS/One")).toMatchObject({ kind: "route", parameters: { name: "One" } });
  expect(router.match("PUT", "/things/one")).toEqual({ kind: "otherMethods", methods: ["GET"] });
  expect(router.match("GET", "/things/one/two")).toEqual({ kind: "none" });
  expect(router.match("GET", "/a/b/providers/roles/x")).toMatchObject({
    parameters: { scope: "/a/b", name: "x" },
  });
  expect(router.match("GET", "/providers/roles/x")).toMatchObject({ parameters: { scope: "", name: "x" } });
});

describe("the emulator as a server", () => {
  it("tells about each exchange, and logs it without its secrets", async () => {
    const heard: Exchange[] = [];
    const folder = mkdtempSync(join(tmpdir(), "emulator-log-"));
    const landscape = await Landscape.start({ folder, onExchange: (exchange) => heard.push(exchange) });
    const { client, emulator, vaultId } = landscape;
    const { headers } = await client.post(`${vaultId}/validateForBackup`, {
      backupInstance: landscape.diskInstance(),
    });
    await client.get(headers["azure-asyncoperation"]!);
    await client.post(`${landscape.accountId}/listKeys`);
    await landscape.stop();

    expect(heard).toEqual(emulator.exchanges);
    expect(heard.map(({ sequence }) => sequence)).toEqual(heard.map((_exchange, index) => index + 1));
    expect(heard.at(-2)).toMatchObject({
      method: "GET",
      status: 200,
      responseBody: { status: "Inprogress" },
    });
    const log = readFileSync(emulator.logFile, "utf8");
    const lines = log
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Exchange);
    expect(lines).toHaveLength(heard.length);
    expect(lines.at(-2)!.url).toMatch(/&t=\d+&c=\[redacted\]&s=\[redacted\]&h=\[redacted\]$/);
    expect(lines[0]!.requestBody).toMatchObject({
      grant_type: "client_credentials",
      client_secret: "[redacted]",
    });
    const token = (heard[0]!.responseBody as { access_token: string }).access_token;
    const key = (heard.at(-1)!.responseBody as { keys: { value: string }[] }).keys[0]!.value;
    const signature = new URL(headers["azure-asyncoperation"]!).searchParams.get("s")!;
    for (const secret of [token, key, signature, emulator.environment["ARM_CLIENT_SECRET"]!]) {
      expect(log).not.toContain(secret);
    }
    expect(statSync(emulator.logFile).mode & 0o077).toBe(0);
    rmSync(folder, { recursive: true });
  });

  it("writes no private key to disk", async () => {
    const emulator = await startEmulator();
    const folder = emulator.certificateFile.replace(/[^/]+$/, "");
    for (const file of readdirSync(folder)) {
      expect(readFileSync(`${folder}${file}`, "utf8")).not.toContain("PRIVATE KEY");
    }
    await emulator.stop();
  });

  it("listens on 127.0.0.1 only, with a certificate for it and for localhost", async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    const socket = connect({
      host: "127.0.0.1",
      port: Number(port),
      ca: readFileSync(emulator.certificateFile),
    });
    await new Promise((resolve) => socket.once("secureConnect", resolve));
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerCertificate().subjectaltname).toBe("DNS:localhost, IP Address:127.0.0.1");
    expect(socket.remoteAddress).toBe("127.0.0.1");
    socket.destroy();
    await emulator.stop();
  });

  it("answers with the host name that it was called by", async () => {
    const landscape = await Landscape.start();
    const { body: token } = await landscape.client.requestToken(landscape.client.secretForm());
    const url = landscape.emulator.url.replace("127.0.0.1", "localhost");
    const { headers } = await landscape.client.send(
      "POST",
      `${url}${landscape.vaultId}/validateForBackup?api-version=2024-04-01`,
      JSON.stringify({ backupInstance: landscape.diskInstance() }),
      { Authorization: `Bearer ${token.access_token}` },
    );
    expect(headers["azure-asyncoperation"]).toMatch(new RegExp(`^${url}/`));
    await landscape.stop();
  });

  it("stops once, whoever asks, and says when its port is taken", async () => {
    const emulator = await startEmulator();
    const port = Number(new URL(emulator.url).port);
    await expect(startEmulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
    const client = new Client(emulator);
    await Promise.all([emulator.stop(), emulator.stop()]);
    await emulator.stop();
    await expect(client.requestToken(client.secretForm())).rejects.toMatchObject({ code: "ECONNREFUSED" });
    client.close();
  });

  it.each([0, -1, NaN, Infinity])("refuses to run at speed %s", async (speed) => {
    await expect(startEmulator({ speed })).rejects.toThrow(RangeError);
  });

  it("has nothing left after a clean start", async () => {
    const emulator = await startEmulator();
    expect(emulator.remainingResourceIds()).toEqual([]);
    expect(emulator.environment).not.toHaveProperty("ARM_ENVIRONMENT");
    await emulator.stop();
  });
});
