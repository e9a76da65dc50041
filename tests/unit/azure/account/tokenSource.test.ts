import type { AccessToken } from "@azure/identity";
import { TokenSource } from "../../../../provider/azure/account/tokenSource";

const hourInMs = 3_600_000;
const minuteInMs = 60_000;

/** A credential whose answers the test gives, and a clock that the test moves. */
class World {
  nowInMs = 1_000_000;
  credentials = 0;
  waiting: { answer: (token: AccessToken | null) => void; fail: (error: Error) => void; scope: string }[] =
    [];
  readonly source = new TokenSource({
    openCredential: () => {
      this.credentials += 1;
      return Promise.resolve({
        getToken: (scope: string | string[]) =>
          new Promise<AccessToken | null>((answer, fail) =>
            this.waiting.push({ answer, fail, scope: String(scope) }),
          ),
      });
    },
    scope: "https://management.example/.default",
    explain: (failure) => new Error(`explained: ${(failure as Error).message}`),
    now: () => this.nowInMs,
  });

  /** Lets what waits for a promise go on. */
  async settle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
  }

  async answerWith(token: string, lifetimeInMs = hourInMs): Promise<void> {
    await this.settle();
    this.waiting.shift()?.answer({ token, expiresOnTimestamp: this.nowInMs + lifetimeInMs });
    await this.settle();
  }

  async failWith(message: string): Promise<void> {
    await this.settle();
    this.waiting.shift()?.fail(new Error(message));
    await this.settle();
  }

  /** Whether a caller is answered without a request; the request, if there is one, is left waiting. */
  async isServed(): Promise<boolean> {
    void this.source.getToken().catch(() => undefined);
    await this.settle();
    return this.waiting.length === 0;
  }
}

describe("token source", () => {
  it("asks for nothing before it is asked", async () => {
    const world = new World();
    await world.settle();
    expect(world.credentials).toBe(0);
  });

  it("asks once for many callers, with the scope, and keeps the token", async () => {
    const world = new World();
    const callers = Promise.all(Array.from({ length: 50 }, () => world.source.getToken()));
    await world.settle();
    expect(world.waiting.map(({ scope }) => scope)).toEqual(["https://management.example/.default"]);
    await world.answerWith("first");
    expect(new Set(await callers)).toEqual(new Set(["first"]));
    expect(await world.source.getToken()).toBe("first");
    expect(world.credentials).toBe(1);
  });

  it("shares a failure among those who wait, explains it, and asks again for the next", async () => {
    const world = new World();
    const callers = [world.source.getToken(), world.source.getToken()];
    const failures = Promise.all(callers.map((caller) => caller.catch((error: Error) => error.message)));
    await world.failWith("no");
    expect(await failures).toEqual(["explained: no", "explained: no"]);
    const next = world.source.getToken();
    await world.answerWith("second");
    expect(await next).toBe("second");
  });

  it("explains a credential that gives nothing, and one that cannot be opened", async () => {
    const world = new World();
    const asking = world.source.getToken();
    await world.settle();
    world.waiting.shift()?.answer(null);
    await expect(asking).rejects.toThrow("explained: the credential gave no token");
    const closed = new TokenSource({
      openCredential: () => Promise.reject(new Error("no key")),
      scope: "",
      explain: (failure) => new Error(`explained: ${(failure as Error).message}`),
    });
    await expect(closed.getToken()).rejects.toThrow("explained: no key");
    await expect(closed.getToken()).rejects.toThrow("explained: no key");
  });

  it("replaces the token four minutes before it expires, not earlier", async () => {
    const world = new World();
    void world.source.getToken();
    await world.answerWith("first");
    world.nowInMs += 56 * minuteInMs - 1;
    expect(await world.isServed()).toBe(true);
    world.nowInMs += 1;
    expect(await world.isServed()).toBe(false);
    const next = world.source.getToken();
    await world.answerWith("second");
    expect(await next).toBe("second");
  });

  it("uses a token that lives shorter than the margin for half its life", async () => {
    const world = new World();
    void world.source.getToken();
    await world.answerWith("short", 2 * minuteInMs);
    world.nowInMs += minuteInMs - 1;
    expect(await world.isServed()).toBe(true);
    world.nowInMs += 1;
    expect(await world.isServed()).toBe(false);
  });

  it("goes on with a good token when it cannot be replaced yet, and tries again half a minute later", async () => {
    const world = new World();
    void world.source.getToken();
    await world.answerWith("first");
    world.nowInMs += 57 * minuteInMs;
    const during = world.source.getToken();
    await world.failWith("outage");
    expect(await during).toBe("first");
    world.nowInMs += 29_999;
    expect(await world.isServed()).toBe(true);
    world.nowInMs += 1;
    expect(await world.isServed()).toBe(false);
  });

  it("fails when the token has expired and cannot be replaced", async () => {
    const world = new World();
    void world.source.getToken();
    await world.answerWith("first");
    world.nowInMs += hourInMs;
    const caller = world.source.getToken().catch((error: Error) => error.message);
    await world.failWith("outage");
    expect(await caller).toBe("explained: outage");
  });

  it("opens a new credential after the service refused the token, once for all who were refused", async () => {
    const world = new World();
    void world.source.getToken();
    await world.answerWith("refused");
    const callers = [1, 2, 3].map(() => {
      world.source.invalidate("refused");
      return world.source.getToken();
    });
    await world.answerWith("good");
    expect(await Promise.all(callers)).toEqual(["good", "good", "good"]);
    expect(world.credentials).toBe(2);
    world.source.invalidate("refused");
    expect(await world.source.getToken()).toBe("good");
  });

  it("lets one caller give up without taking the request from the others", async () => {
    const world = new World();
    const abort = new AbortController();
    const impatient = world.source.getToken(abort.signal).catch((error: Error) => error.message);
    const patient = world.source.getToken(new AbortController().signal);
    await world.settle();
    abort.abort(new Error("cancelled"));
    expect(await impatient).toBe("cancelled");
    await expect(world.source.getToken(abort.signal)).rejects.toThrow("cancelled");
    await world.answerWith("first");
    expect(await patient).toBe("first");
  });

  it("gives up a request that hangs, and asks with a new credential the next time", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick", "queueMicrotask"] });
    try {
      const world = new World();
      const hanging = world.source.getToken().catch((error: Error) => error.message);
      await world.settle();
      jest.advanceTimersByTime(100_000);
      expect(await hanging).toBe("explained: no answer came within 1m40s");
      world.waiting.shift();
      const next = world.source.getToken();
      await world.answerWith("good");
      expect(await next).toBe("good");
      expect(world.credentials).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });
});
