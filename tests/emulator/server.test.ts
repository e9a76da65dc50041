import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { startEmulator } from "../../emulator";
import type { Exchange } from "../../emulator";
import { Client } from "./client";
import { Landscape } from "./landscape";

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

  it("has a certificate for 127.0.0.1 and for localhost", async () => {
    const emulator = await startEmulator();
    const { port } = new URL(emulator.url);
    const socket = connect({
      host: "127.0.0.1",
      port: Number(port),
      ca: readFileSync(emulator.certificateFile),
    });
    await once(socket, "secureConnect");
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerCertificate().subjectaltname).toBe("DNS:localhost, IP Address:127.0.0.1");
    socket.destroy();
    await emulator.stop();
  });

  it("listens on 127.0.0.1, and on no other address of the machine", async () => {
    const emulator = await startEmulator();
    const socket = createConnection({ host: "127.0.0.2", port: Number(new URL(emulator.url).port) });
    const outcome = await once(socket, "connect").then(
      () => "connected",
      (error: NodeJS.ErrnoException) => error.code,
    );
    socket.destroy();
    await emulator.stop();
    expect(outcome).toBe("ECONNREFUSED");
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
