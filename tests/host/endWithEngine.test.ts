import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { createServer } from "node:net";
import path from "node:path";
import { DynamicHost } from "./dynamicHost";

const folder = path.resolve(__dirname, "../..");
const anything = { vaultId: "no id" };

/** Starts a host for an engine at that address, and has it load the provider. */
async function startHost(engineAddress?: string): Promise<DynamicHost> {
  const host = await DynamicHost.start({ folder, environment: {}, engineAddress });
  await host.check(anything);
  return host;
}

describe("a host that has lost its engine", () => {
  let engine: Server;
  let host: DynamicHost;

  beforeEach(async () => {
    engine = createServer().listen(0, "127.0.0.1");
    await once(engine, "listening");
    const lookedFor = once(engine, "connection");
    host = await startHost(`127.0.0.1:${(engine.address() as AddressInfo).port}`);
    await lookedFor;
  });
  afterEach(async () => {
    engine.close();
    await host.stop();
  });

  it("ends by the signal with which the engine ends its plugins", async () => {
    engine.close();
    host.closeInput();
    expect(await host.end()).toBe("SIGINT");
  });

  it("serves on as long as the engine answers, even if its input is closed", async () => {
    const lookedForAgain = once(engine, "connection");
    host.closeInput();
    await lookedForAgain;
    expect((await host.check(anything)).failures).not.toEqual([]);
    engine.close();
    expect(await host.end()).toBe("SIGINT");
  });
});

it("a host that no engine started does without its input", async () => {
  const host = await startHost();
  host.closeInput();
  expect((await host.check(anything)).failures).not.toEqual([]);
  expect((await host.check(anything)).failures).not.toEqual([]);
  await host.stop();
  expect(await host.end()).toBe("SIGINT");
});
