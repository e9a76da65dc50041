import fc from "fast-check";
import { Deadline } from "../../../../provider/azure/http/deadline";
import { RequestBuckets } from "../../../../provider/azure/http/requestBuckets";
import { SimulatedClock } from "../../simulatedClock";

const subscription = "/subscriptions/11111111-1111-1111-1111-111111111111";
const hourInMs = 3_600_000;

/** A bucket as Resource Manager keeps it, which refuses what comes too fast and says what is left. */
class ServerBucket {
  refusals = 0;
  #level: number;
  #at: number;

  constructor(
    private readonly clock: SimulatedClock,
    private readonly capacity: number,
    private readonly refillPerSecond: number,
    private readonly header?: string,
  ) {
    this.#level = capacity;
    this.#at = clock.now();
  }

  take() {
    const refill = ((this.clock.now() - this.#at) / 1_000) * this.refillPerSecond;
    this.#level = Math.min(this.capacity, this.#level + refill);
    this.#at = this.clock.now();
    if (this.#level < 1) {
      this.refusals++;
      return { statusCode: 429, headers: { "retry-after": "1" } };
    }
    this.#level--;
    const headers = this.header === undefined ? {} : { [this.header]: String(Math.floor(this.#level)) };
    return { statusCode: 200, headers: headers as Record<string, string> };
  }
}

interface Load {
  method: string;
  server: ServerBucket;
  requests: number;
  latencyInMs: () => number;
  buckets?: RequestBuckets;
}

function answered(statusCode: number, headers: Record<string, string> = {}) {
  return { outcome: { kind: "answer" as const, statusCode, errorCode: undefined, headers } };
}

/** Sends many requests at once; those that are refused come again. Returns how long all took, in milliseconds. */
async function send(
  clock: SimulatedClock,
  { method, server, requests, latencyInMs, buckets = new RequestBuckets(clock) }: Load,
): Promise<number> {
  const deadline = new Deadline(clock, hourInMs, "an hour");
  const startedAt = clock.now();
  const one = async (): Promise<void> => {
    for (;;) {
      const { outcome } = await buckets.pass(
        method,
        `${subscription}/resourceGroups/rg`,
        deadline,
        async () => {
          await clock.sleep(latencyInMs() / 2);
          const answer = server.take();
          await clock.sleep(latencyInMs() / 2);
          return answered(answer.statusCode, answer.headers);
        },
      );
      if (outcome.statusCode === 200) {
        return;
      }
    }
  };
  await clock.run(Promise.all(Array.from({ length: requests }, one)));
  return clock.now() - startedAt;
}

const bucketKinds: [method: string, capacity: number, refillPerSecond: number, header: string][] = [
  ["GET", 250, 25, "x-ms-ratelimit-remaining-subscription-reads"],
  ["PUT", 200, 10, "x-ms-ratelimit-remaining-subscription-writes"],
  ["POST", 200, 10, "x-ms-ratelimit-remaining-subscription-writes"],
  ["DELETE", 200, 10, "x-ms-ratelimit-remaining-subscription-deletes"],
];

describe.each(bucketKinds)("the bucket of %s requests", (method, capacity, refillPerSecond, header) => {
  it("lets what fits into it through at once", async () => {
    const clock = new SimulatedClock();
    const server = new ServerBucket(clock, capacity, refillPerSecond);
    const requests = capacity - refillPerSecond / 2 - 1;
    expect(await send(clock, { method, server, requests, latencyInMs: () => 0 })).toBe(0);
  });

  it("has no request refused, however unevenly they arrive, and takes hardly longer than it must", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.infiniteStream(fc.integer({ min: 0, max: 400 })),
        fc.boolean(),
        async (latencies, tells) => {
          const clock = new SimulatedClock();
          const server = new ServerBucket(clock, capacity, refillPerSecond, tells ? header : undefined);
          const latencyInMs = (): number => latencies.next().value ?? 0;
          const tookInMs = await send(clock, { method, server, requests: 1_000, latencyInMs });
          const shortestInMs = ((1_000 - capacity) / refillPerSecond) * 1_000;
          expect(server.refusals).toBe(0);
          expect(tookInMs).toBeLessThan(shortestInMs * 1.02 + 1_500);
        },
      ),
      { numRuns: 10 },
    );
  });

  it("is as fast as the service's own headers allow, where buckets are larger than documented", async () => {
    const clock = new SimulatedClock();
    const server = new ServerBucket(clock, capacity, refillPerSecond * 20, header);
    const tookInMs = await send(clock, { method, server, requests: 1_000, latencyInMs: () => 5 });
    const shortestInMs = ((1_000 - capacity) / (refillPerSecond * 20)) * 1_000;
    expect(tookInMs).toBeLessThan(shortestInMs * 1.5);
    expect(server.refusals).toBe(0);
  });

  it("makes room for others who draw on the same bucket", async () => {
    const clock = new SimulatedClock();
    const server = new ServerBucket(clock, capacity, refillPerSecond, header);
    Array.from({ length: capacity - 20 }, () => server.take());
    const load = { method, server, latencyInMs: () => 20, buckets: new RequestBuckets(clock) };
    await send(clock, { ...load, requests: 1 });
    await send(clock, { ...load, requests: 100 });
    expect(server.refusals).toBe(0);
  });
});

describe("a refusal for too many requests", () => {
  const tooMany = async () => answered(429, { "retry-after": "60" });
  const accepted = async () => answered(200);

  async function refused() {
    const clock = new SimulatedClock();
    const buckets = new RequestBuckets(clock);
    const deadline = new Deadline(clock, hourInMs, "an hour");
    await buckets.pass("GET", subscription, deadline, tooMany);
    return { clock, buckets, deadline, startedAt: clock.now() };
  }

  it("holds all requests of its kind back for as long as the service asks", async () => {
    const { clock, buckets, deadline, startedAt } = await refused();
    const others = [1, 2, 3].map(async () => buckets.pass("GET", subscription, deadline, accepted));
    await clock.run(Promise.all(others));
    expect(clock.now() - startedAt).toBe(60_000);
  });

  it("holds back neither other kinds nor other subscriptions", async () => {
    const { clock, buckets, deadline, startedAt } = await refused();
    await clock.run(buckets.pass("PUT", subscription, deadline, accepted));
    await clock.run(buckets.pass("GET", "/subscriptions/other", deadline, accepted));
    expect(clock.now()).toBe(startedAt);
  });

  it("ends a wait at once whose deadline comes first", async () => {
    const { clock, buckets } = await refused();
    const soon = new Deadline(clock, 30_000, "the limit of 30s");
    await expect(buckets.pass("GET", subscription, soon, accepted)).rejects.toThrow(
      `waiting for Resource Manager to take another read in ${subscription}: the limit of 30s`,
    );
  });
});
