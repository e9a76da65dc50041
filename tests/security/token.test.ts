import { gzipSync } from "node:zlib";
import { openAccount } from "../../provider/azure/account/azureAccount";
import { ArmClient } from "../../provider/azure/http/armClient";
import type { Clock } from "../../provider/azure/clock";
import { Deadline } from "../../provider/azure/http/deadline";
import { httpGet } from "../../provider/azure/http/httpGet";
import { startOperation } from "../../provider/azure/http/longRunning";
import { DataProtectionService } from "../../provider/dataProtection/service";
import type { HostileServer } from "./hostileServer";
import { startHostileServer } from "./hostileServer";

const token = "the-bearer-token";
let resourceManager: HostileServer;
let elsewhere: HostileServer;

beforeEach(async () => {
  resourceManager = await startHostileServer();
  elsewhere = await startHostileServer();
});
afterEach(() => {
  resourceManager.stop();
  elsewhere.stop();
});

function clientOf({ origin }: HostileServer) {
  const sleepsInMs: number[] = [];
  const clock: Clock = { now: Date.now, sleep: async (durationInMs) => void sleepsInMs.push(durationInMs) };
  const tokens = { getToken: async () => token, invalidate: () => undefined };
  const client = new ArmClient(origin, tokens, clock, () => 0.5);
  return { client, sleepsInMs, deadline: new Deadline(clock, 60_000, "the timeout of 1m") };
}

const failureOf = async (asked: Promise<unknown>): Promise<Error> =>
  asked.then(
    () => new Error("no failure"),
    (error: Error) => error,
  );

describe("the bearer token", () => {
  it("goes to Resource Manager", async () => {
    const { client, deadline } = clientOf(resourceManager);
    await client.send({ method: "GET", target: "/thing", apiVersion: "1" }, deadline);
    expect(resourceManager.received).toMatchObject([{ authorization: `Bearer ${token}` }]);
  });

  it.each<[what: string, url: (there: string, origin: string) => string]>([
    ["on another host", (there) => `${there}/status`],
    ["on another host, without protocol", (there) => there.replace("http:", "") + "/status"],
    ["on another host, with backslashes", (there) => there.replace("http://", "\\\\") + "/status"],
    [
      "whose user name is Resource Manager's host",
      (there, own) => there.replace("//", `//${own.slice(7)}@`) + "/status",
    ],
    ["that is no address", () => "http://["],
    ["with Resource Manager's address as its path", (there, own) => `${there}/${own}/status`],
  ])("goes to no polling URL %s", async (_, urlOf) => {
    const { client, deadline } = clientOf(resourceManager);
    const url = urlOf(elsewhere.origin, resourceManager.origin);
    resourceManager.answer = (response) =>
      void response.writeHead(202, { "Azure-AsyncOperation": url }).end();
    const operation = await startOperation(
      client,
      { method: "PUT", target: "/thing", apiVersion: "1" },
      deadline,
    );
    const { message } = await failureOf(operation.wait(deadline, "waiting for the thing"));
    expect(message).toMatch(/refused to send the token to .*, which the service named/);
    expect(elsewhere.received).toEqual([]);
  });

  it.each([
    "http://127.0.0.1:1/x",
    "ftp://127.0.0.1/x",
    "file:///etc/passwd",
    "javascript:0",
    "http://[",
    "x y",
  ])("goes to no next page at %s", async (nextLink) => {
    const { client, deadline } = clientOf(resourceManager);
    resourceManager.answer = (response) => void response.end(JSON.stringify({ value: [], nextLink }));
    const service = new DataProtectionService(client, "2025-07-01");
    const { message } = await failureOf(service.listInstances("/vault", deadline));
    expect(message).toMatch(/^GET .*: refused to send the token to /);
    expect(resourceManager.received).toHaveLength(1);
  });

  it("does not go over http to a Resource Manager that is spoken to over https", async () => {
    const secure = await startHostileServer("https:");
    const { client, deadline } = clientOf(secure);
    const downgraded = secure.origin.replace("https:", "http:");
    const { message } = await failureOf(client.send({ method: "GET", target: `${downgraded}/x` }, deadline));
    expect(message).toContain(`refused to send the token to ${downgraded}`);
    secure.stop();
  });

  it.each([301, 302, 303, 307, 308])(
    "follows no redirect (%d), and the error says where it led",
    async (status) => {
      const { client, deadline } = clientOf(resourceManager);
      const location = `${elsewhere.origin}/thing?s=signature`;
      resourceManager.answer = (response) => void response.writeHead(status, { location }).end();
      const { message } = await failureOf(client.send({ method: "GET", target: "/thing" }, deadline));
      expect(message).toBe(
        `GET /thing: ${status} HTTP ${status}: a redirect to ${elsewhere.origin}, which is not followed: the token stays ` +
          "with Resource Manager",
      );
      expect(elsewhere.received).toEqual([]);
    },
  );
});

describe("a certificate that is not trusted", () => {
  let secure: HostileServer;
  beforeEach(async () => {
    secure = await startHostileServer("https:");
  });
  afterEach(() => secure.stop());

  it("ends a request to Resource Manager at once, before anything is sent", async () => {
    const { client, sleepsInMs, deadline } = clientOf(secure);
    const { message } = await failureOf(client.send({ method: "GET", target: "/thing" }, deadline));
    expect(message).toMatch(/no answer from 127\.0\.0\.1:\d+: (self-signed certificate|unable to verify)/);
    expect(sleepsInMs).toEqual([]);
    expect(secure.received).toEqual([]);
  });

  it("ends a request for a token or for a cloud's addresses", async () => {
    const { message } = await failureOf(httpGet(secure.origin, { Authorization: "Bearer oidc" }));
    expect(message).toMatch(/self-signed certificate|unable to verify/);
    expect(secure.received).toEqual([]);
  });

  it("is not trusted on demand: where Node.js is told to check none, nobody signs in", async () => {
    const environment = { ARM_CLIENT_ID: "c", ARM_CLIENT_SECRET: "s", NODE_TLS_REJECT_UNAUTHORIZED: "0" };
    await expect(openAccount(() => undefined, environment)).rejects.toThrow(
      "NODE_TLS_REJECT_UNAUTHORIZED is 0, so nobody would know who gets the secrets and tokens that are sent. Remove it, " +
        "and name the PEM file of a certificate that is to be trusted in NODE_EXTRA_CA_CERTS.",
    );
  });
});

describe("an answer without end", () => {
  const tooMuch = Buffer.alloc(40 * 1024 * 1024, " ");

  it.each<[what: string, headers: Record<string, string>, body: Buffer]>([
    ["long", {}, tooMuch],
    ["compressed", { "Content-Encoding": "gzip" }, gzipSync(tooMuch)],
  ])("is given up at 32 MiB: %s", async (_, headers, body) => {
    const { client, sleepsInMs, deadline } = clientOf(resourceManager);
    resourceManager.answer = (response) => void response.writeHead(200, headers).end(body);
    const { message } = await failureOf(client.send({ method: "GET", target: "/thing" }, deadline));
    expect(message).toMatch(/GET \/thing: no answer from .*: maxContentLength size of 33554432 exceeded/);
    expect(sleepsInMs).toEqual([]);
  });

  it("is given up at 1 MiB where documents are read", async () => {
    resourceManager.answer = (response) => void response.writeHead(200).end(tooMuch);
    expect((await failureOf(httpGet(resourceManager.origin))).message).toContain(
      "maxContentLength size of 1048576",
    );
  });
});

describe("an answer with keys that mean something to JavaScript", () => {
  it("changes nothing but itself, and goes back to the service as it came", async () => {
    const { client, deadline } = clientOf(resourceManager);
    const json = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"toString":1}';
    resourceManager.answer = (response) => void response.end(json);
    const { body } = await client.send({ method: "GET", target: "/thing" }, deadline);
    expect(JSON.stringify({ ...(body as object) })).toBe(json);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
