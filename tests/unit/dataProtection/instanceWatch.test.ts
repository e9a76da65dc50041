import type { ArmRequest, ArmSender } from "../../../provider/azure/http/armClient";
import { Deadline } from "../../../provider/azure/http/deadline";
import { InstanceWatch } from "../../../provider/dataProtection/instanceWatch";
import { DataProtectionService } from "../../../provider/dataProtection/service";
import { SimulatedClock } from "../simulatedClock";

const vaultId = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/vault";
const properties = {
  dataSourceInfo: { datasourceType: "Microsoft.Compute/disks", resourceID: "/disk" },
  policyInfo: { policyId: `${vaultId}/backupPolicies/daily` },
};
const idOf = (name: string): string => `${vaultId}/backupInstances/${name}`;

/** A vault with instances, and a watch over it. Answers take a tenth of a second. */
class World {
  readonly clock = new SimulatedClock();
  readonly asked: string[] = [];
  readonly watch: InstanceWatch;
  failWith: Error | undefined;

  constructor(readonly names: string[]) {
    const client: ArmSender = {
      clock: this.clock,
      send: async (request) => {
        this.asked.push(request.target.slice(vaultId.length + 1));
        await this.clock.sleep(100);
        if (this.failWith !== undefined) {
          throw this.failWith;
        }
        return {
          statusCode: 200,
          headers: {},
          url: `https://management.example${request.target}`,
          body: this.#answer(request),
        };
      },
    };
    this.watch = new InstanceWatch(new DataProtectionService(client, "2025-07-01"));
  }

  deadline(limitInMs = 3_600_000): Deadline {
    return new Deadline(this.clock, limitInMs, `the limit of ${limitInMs} ms`);
  }

  /** Lets everybody look so many times, one starting after the other. */
  async look(names: string[], times: number, intervalInMs: number, startedApartInMs = 0): Promise<void> {
    const waits = names.map(async (name, index) => {
      await this.clock.sleep(index * startedApartInMs);
      for (let time = 0; time < times; time++) {
        const seen = await this.watch.look(idOf(name), intervalInMs, this.deadline());
        expect(seen?.name).toBe(name);
      }
    });
    await this.clock.run(Promise.all(waits));
  }

  #answer({ target }: ArmRequest): unknown {
    const page = Number(/page=(\d+)/.exec(target)?.[1] ?? 0);
    const instances = this.names.map((name) => ({ id: idOf(name).toUpperCase(), name, properties }));
    if (!/backupInstances(\?|$)/.test(target)) {
      return instances.find(({ name }) => target.endsWith(`/${name}`));
    }
    const next = (page + 1) * 200;
    const nextLink = next >= instances.length ? undefined : `${vaultId}/backupInstances?page=${page + 1}`;
    return { value: instances.slice(next - 200, next), nextLink };
  }
}

function manyNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `disk${index}`);
}

describe("the watch over the instances of a vault", () => {
  it("asks for the instance itself where one alone is waited for", async () => {
    const world = new World(["one", "other"]);
    await world.look(["one"], 3, 1_000);
    expect(world.asked).toEqual(Array(3).fill("backupInstances/one"));
  });

  it("looks at once where the wait is none", async () => {
    const world = new World(["one"]);
    const startedAt = world.clock.now();
    await world.look(["one"], 1, 0);
    expect(world.clock.now() - startedAt).toBe(100);
  });

  it("lists the vault for all where several are waited for", async () => {
    const world = new World(manyNames(20));
    await world.look(world.names, 3, 1_000);
    expect(world.asked).toEqual(Array(3).fill("backupInstances"));
  });

  it("asks for each itself where a listing would take more requests", async () => {
    const world = new World(manyNames(500));
    await world.look(["disk1", "disk2"], 2, 1_000);
    expect(world.asked).toEqual([
      "backupInstances",
      "backupInstances?page=1",
      "backupInstances?page=2",
      "backupInstances/disk1",
      "backupInstances/disk2",
    ]);
  });

  it("asks for an instance itself that a listing lacks", async () => {
    const world = new World(["there", "also there"]);
    const looks = [...world.names, "gone"].map(async (name) =>
      world.watch.look(idOf(name), 1_000, world.deadline()),
    );
    await world.clock.run(Promise.allSettled(looks));
    expect(world.asked).toEqual(["backupInstances", "backupInstances/gone"]);
  });

  it("needs at most two listings an interval, however unevenly five hundred came", async () => {
    const world = new World(manyNames(500));
    await world.look(world.names, 10, 1_000, 7);
    const waitedInS = 3.5 + 10 * 1.3;
    const listings = world.asked.filter((asked) => asked === "backupInstances");
    expect(listings.length).toBeLessThan(2 * waitedInS);
  });

  it("tells everybody of a failure", async () => {
    const world = new World(manyNames(2));
    world.failWith = new Error("no");
    const looks = world.names.map(async (name) => world.watch.look(idOf(name), 1_000, world.deadline()));
    const outcomes = await world.clock.run(Promise.allSettled(looks));
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });

  it("does not let the deadline of one end the wait of another", async () => {
    const world = new World(["hasty", "patient"]);
    const hasty = world.deadline(1_000);
    try {
      hasty.mustAllow(5_000, "listing", "nothing");
    } catch (error) {
      world.failWith = error as Error;
    }
    const ended = world.watch.look(idOf("hasty"), 500, hasty).catch((error: Error) => {
      world.failWith = undefined;
      return error.name;
    });
    const going = world.watch.look(idOf("patient"), 500, world.deadline());
    expect(await world.clock.run(ended)).toBe("DeadlineExceededError");
    expect(await world.clock.run(going)).toMatchObject({ name: "patient" });
  });
});
