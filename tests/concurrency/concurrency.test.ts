import type { DynamicHost } from "../host/dynamicHost";
import { HostError } from "../host/dynamicHost";
import { Site } from "../scenarios/site";
import { Stage } from "../wire/stage";

type Outcome = { green: Record<string, unknown> } | { red: string; isKept: boolean };

let stage: Stage;
let site: Site;
let siteCount = 0;
beforeAll(async () => {
  stage = await Stage.open({ onExchange: (exchange) => site?.notice(exchange) });
});
afterAll(async () => stage.close());
beforeEach(async () => {
  site = await Site.build(stage, `${++siteCount}c`);
});

async function outcomeOf(operation: Promise<Record<string, unknown> | void>): Promise<Outcome> {
  try {
    return { green: (await operation) ?? {} };
  } catch (error) {
    const isKept = error instanceof HostError && error.initializationFailure !== undefined;
    return { red: (error as Error).message, isKept };
  }
}

const inStack = (stackName: string, declaration = site.diskBackup()): object => ({
  ...declaration,
  resourceUrn: `urn:pulumi:${stackName}::shop::type::data`,
  isPreview: false,
});

async function create(host: DynamicHost, declaration: object): Promise<Outcome> {
  const { inputs, failures } = await host.check(declaration);
  expect(failures).toEqual([]);
  return outcomeOf(host.create(inputs).then(({ outputs }) => outputs));
}

/** The instances that the site's vault holds, live or soft-deleted. */
const held = (): string[] =>
  stage.emulator
    .remainingResourceIds()
    .filter((id) => id.startsWith(`${site.vaultId}/`) && /backupInstances/i.test(id));

describe("two stacks that create the same instance at once", () => {
  it("make one instance: the stack whose claim came last owns it, and the other is told which that is", async () => {
    const outcomes = await Promise.all(
      ["one", "two"].map(
        async (stackName) => (await stage.operation(async (host) => create(host, inStack(stackName)))).result,
      ),
    );
    const [winner, loser] = outcomes.toSorted((one) => ("green" in one ? -1 : 1));
    expect(winner).toMatchObject({ green: { protectionState: "ProtectionConfigured" } });
    const owner =
      "green" in (winner as object) ? (winner as { green: { claimedBy: string } }).green.claimedBy : "";
    expect(loser).toEqual({
      red: expect.stringContaining(`belongs to stack ${owner}, and one instance cannot belong to two stacks`),
      isKept: false,
    });
    expect(held()).toEqual([site.instanceId]);
  });
});

describe("an update during a deletion", () => {
  it("ends with the instance gone or protected, and neither side says what never was", async () => {
    const { result: kept } = await stage.operation(async (host) => create(host, inStack("one")));
    const outputs = "green" in kept ? kept.green : {};
    const [deletion, change] = await Promise.all([
      stage.operation(async (host) => outcomeOf(host.delete(site.instanceId, outputs))),
      stage.operation(async (host) => {
        const { inputs } = await host.check(inStack("one", site.diskBackup({ friendlyName: "other" })));
        return outcomeOf(host.update(site.instanceId, outputs, inputs));
      }),
    ]);
    // Whichever came last at the service has the last word, and neither may say what never was.
    const state = await site.stateOf(site.instanceId);
    if ("green" in change.result) {
      expect(change.result.green).toMatchObject({ protectionState: "ProtectionConfigured" });
    } else {
      expect(change.result.red).toContain(site.instanceId);
    }
    expect(state).toBe(held().length === 0 ? undefined : "ProtectionConfigured");
    expect("green" in deletion.result || state !== undefined).toBe(true);
    expect("green" in change.result || "green" in deletion.result).toBe(true);
  });
});

describe("a policy that somebody deletes while instances bind to it", () => {
  it("leaves each instance protected or red with the policy's name, and none green without protection", async () => {
    const otherDiskId = await site.putOtherDisk();
    const policyId = site.policyId("disk-four-hourly");
    const declarations = [
      site.diskBackup({ policyId }),
      site.diskBackup({ policyId, datasource: otherDisk(otherDiskId) }),
    ];
    let deletion = Promise.resolve("not asked for");
    site.after(/validateForBackup$/, () => {
      deletion = site.estate.delete(policyId, "2025-07-01").then(
        () => "deleted",
        () => "refused",
      );
    });
    const { result } = await stage.operation(async (host) =>
      Promise.all(declarations.map(async (declaration) => create(host, inStack("one", declaration)))),
    );
    expect(await deletion).toMatch(/^(deleted|refused)$/);
    for (const outcome of result) {
      if ("green" in outcome) {
        expect(await site.stateOf(String(outcome.green.backupInstanceId))).toBe("ProtectionConfigured");
      } else {
        expect(outcome.red).toContain(policyId);
      }
    }
  });

  const otherDisk = (diskId: string): object => ({
    kind: "disk",
    diskId,
    snapshotResourceGroupId: site.snapshotsId,
    location: "westeurope",
  });
});

describe("300 resources whose identity service fails", () => {
  const many = 300;

  it("all end red with its reason, ask it only a few times, and are served once it is well again", async () => {
    const { control } = stage.emulator;
    const broken = { status: 503, body: { error: "temporarily_unavailable" } };
    const { result, printed } = await stage.operation(async (host) => {
      const { inputs } = await host.check(inStack("one"));
      const fault = control.injectFault({
        match: { path: /\/oauth2\/v2\.0\/token$/ },
        times: Infinity,
        fault: broken,
      });
      const all = Array.from({ length: many }, async (_, index) =>
        outcomeOf(
          host
            .create({
              ...inputs,
              name: `data${index}`,
              backupInstanceId: `${site.vaultId}/backupInstances/data${index}`,
            })
            .then(({ outputs }) => outputs),
        ),
      );
      const outcomes = await Promise.all(all);
      const { hits } = fault;
      fault.remove();
      return { outcomes, hits, afterwards: await create(host, inStack("one")) };
    });
    const messages = new Set(result.outcomes.map((outcome) => ("red" in outcome ? outcome.red : "green")));
    expect([...messages]).toEqual([
      expect.stringMatching(
        /^authenticating as a Service Principal .*(temporarily_unavailable|gave no reason)/,
      ),
    ]);
    expect(result.hits).toBeLessThan(20);
    expect(result.afterwards).toMatchObject({ green: { protectionState: "ProtectionConfigured" } });
    expect(printed.filter((line) => /unhandled|rejection/i.test(line))).toEqual([]);
  });
});
