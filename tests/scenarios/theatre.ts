import path from "node:path";
import type { Emulator, Exchange } from "../../emulator";
import { DynamicHost } from "../host/dynamicHost";
import { Stage, storyOf } from "../wire/stage";
import { EngineStandIn } from "./engineStandIn";
import type { Reaction, Row } from "./scenario";
import type { SeenVault } from "./site";
import { Site } from "./site";
import type { Case, Ending } from "./verbs";
import { verbs } from "./verbs";
import { generalise } from "./wording";

const repository = path.resolve(__dirname, "../..");

/** What a stack is called. */
export interface StackName {
  project: string;
  stack: string;
}

/** The stack whose operations the table shows. */
const stackOfTable: StackName = { project: "shop", stack: "dev" };

/** What was seen of a row. */
export interface Observation {
  site: Site;
  reaction: Reaction;
  exchanges: Exchange[];
  outputs: Record<string, unknown> | undefined;
  /** The stack that the instance belongs to afterwards, as its tag tells. */
  tagAfterwards: string | undefined;
  /** The protection state afterwards, as the service tells it to somebody else. */
  stateAfterwards: string | undefined;
  /** The vault that a prerequisite is or lies in, before and afterwards; `undefined` for an instance. */
  vaults: [before: SeenVault | undefined, afterwards: SeenVault | undefined] | undefined;
}

/** One emulator and one host for all rows, each of which has a vault of its own. */
export class Theatre {
  #count = 0;
  #site: Site | undefined;

  private constructor(
    private readonly stage: Stage,
    private readonly engine: EngineStandIn,
    private readonly sharedHost: DynamicHost,
  ) {}

  static async open(): Promise<Theatre> {
    const listeners: ((exchange: Exchange) => void)[] = [];
    const stage = await Stage.open({
      onExchange: (exchange) => listeners.forEach((listen) => listen(exchange)),
    });
    const engine = await EngineStandIn.start();
    const theatre = new Theatre(stage, engine, await startHost(stage, engine, {}));
    listeners.push((exchange) => theatre.#notice(exchange));
    return theatre;
  }

  async close(): Promise<void> {
    await this.sharedHost.stop();
    this.engine.stop();
    await this.stage.close();
  }

  get emulator(): Emulator {
    return this.stage.emulator;
  }

  /** Brings the situation of a row about, and looks what the verb makes of it. */
  async observe({ scenario, verb, expected }: Row, now: StackName = stackOfTable): Promise<Observation> {
    const { place, config, isAlone = config !== undefined } = scenario;
    const site = (this.#site = await Site.build(this.stage, `${++this.#count}n`, place));
    const host = isAlone ? await startHost(this.stage, this.engine, config ?? {}) : this.sharedHost;
    try {
      const played = await caseOf(host, site, scenario, now);
      await scenario.given?.(site);
      const isOfPrerequisite = isPrerequisite(played.declaration);
      const vaultBefore = isOfPrerequisite ? await site.vaultOf(played.id) : undefined;
      const before = this.emulator.exchanges.length;
      const ending = await verbs[verb](host, played);
      const exchanges = this.emulator.exchanges.slice(before).filter(isOfProvider);
      const said = await this.engine.takeMessages(expected.says?.length ?? 0);
      const stateAfterwards = await site.stateOf(
        (ending.outputs?.backupInstanceId as string | undefined) ?? played.id,
      );
      return {
        site,
        reaction: {
          ...reactionOf(ending, said, exchanges, site),
          ...(expected.leaves === undefined ? {} : { leaves: stateAfterwards ?? "nothing" }),
        },
        exchanges,
        outputs: ending.outputs,
        tagAfterwards: await site.tagOf(idIn(ending.outputs) ?? played.id),
        stateAfterwards,
        vaults: isOfPrerequisite ? [vaultBefore, await site.vaultOf(played.id)] : undefined,
      };
    } finally {
      this.emulator.control.clearFaults();
      if (isAlone) {
        await host.stop();
      }
    }
  }

  #notice(exchange: Exchange): void {
    if (isOfProvider(exchange)) {
      this.#site?.notice(exchange);
    }
  }
}

async function startHost(
  { emulator }: Stage,
  engine: EngineStandIn,
  config: Record<string, string>,
): Promise<DynamicHost> {
  return DynamicHost.start({
    folder: repository,
    environment: emulator.environment,
    config,
    engineAddress: engine.address,
  });
}

/** State as a successful create would have left it, whatever became of the instance since. */
async function caseOf(
  host: DynamicHost,
  site: Site,
  { declares, declaredBefore, keeps }: Row["scenario"],
  now: StackName,
): Promise<Case> {
  const commonIn = ({ project, stack }: StackName): { resourceUrn: string; isPreview: boolean } => ({
    resourceUrn: `urn:pulumi:${stack}::${project}::type::${site.name}`,
    isPreview: false,
  });
  const declare = declares ?? plain;
  const before = { ...(declaredBefore ?? declare)(site), ...commonIn(stackOfTable) };
  if (isPrerequisite(before)) {
    const { isPreview: _isPreview, ...declared } = before;
    const state = { ...declared, claimedBy: "shop/dev", ...keeps };
    const { resourceUrn } = commonIn(now);
    return { id: before.resourceId, declaration: { ...declare(site), resourceUrn }, state };
  }
  const { inputs } = await host.check(before);
  const state = {
    ...inputs,
    protectionState: "ProtectionConfigured",
    provisioningState: "Succeeded",
    ...keeps,
  };
  return { id: String(inputs.backupInstanceId), declaration: { ...declare(site), ...commonIn(now) }, state };
}

/** The instance that state holds, which is another one after a replacement. */
function idIn(outputs: Record<string, unknown> | undefined): string | undefined {
  return typeof outputs?.backupInstanceId === "string" ? outputs.backupInstanceId : undefined;
}

/** What a component makes for protection to rest on, which has a life of its own. */
function isPrerequisite<Declaration extends object>(
  declaration: Declaration,
): declaration is Declaration & { resourceId: string } {
  return "sort" in declaration;
}

function plain(site: Site): object {
  return site.diskBackup();
}

function reactionOf(
  { outcome, message }: Ending,
  said: string[],
  exchanges: Exchange[],
  site: Site,
): Reaction {
  return {
    outcome,
    ...(message === undefined ? {} : { message: generalise(message, site) }),
    ...(said.length === 0 ? {} : { says: said.map((text) => generalise(text, site)) }),
    requests: withoutRepetition(exchanges.flatMap(lineOf)).map((line) => generalise(line, site)),
  };
}

function isOfProvider({ requestHeaders, url }: Exchange): boolean {
  return requestHeaders["user-agent"] === "pulumi-azure-dataprotection" && /^\/subscriptions\//i.test(url);
}

/** The line of an exchange in the story, with what was made to go wrong with it. */
function lineOf(exchange: Exchange): string[] {
  const fault = exchange.fault === undefined ? "" : ` (${exchange.fault})`;
  return storyOf([exchange]).map((line) => `${line}${fault}`);
}

/** What is asked again until it is answered otherwise, or reads lag no longer: by its first request, and how many it takes. */
const askedAgain: [first: RegExp, requests: number][] = [
  [/^GET backupInstances\/\*/, 1],
  [/^GET operationStatus 404/, 1],
  [/^POST validate/, 2],
  [/^GET deletedBackupInstances\/\*/, 2],
  [/^POST backupInstances\/\*\/sync/, 3],
];

/**
 * How often something is asked again depends on time, so it stands there once; the last time of all may have been cut off by the
 * deadline.
 */
function withoutRepetition(lines: string[]): string[] {
  const once = lines.reduce<string[]>((kept, line) => {
    const all = [...kept, line];
    const repeated = askedAgain.find(([first, requests]) => {
      const [before, now] = [all.slice(-2 * requests, -requests), all.slice(-requests)];
      return first.test(now[0] ?? "") && before.join() === now.join();
    });
    return repeated === undefined ? all : all.slice(0, -repeated[1]);
  }, []);
  const [cutOff = 0] = askedAgain.flatMap(([first, requests]) =>
    Array.from({ length: requests - 1 }, (_, index) => index + 1).filter((begun) => {
      const [before, now] = [once.slice(-begun - requests, -requests), once.slice(-begun)];
      return first.test(now[0] ?? "") && before.join() === now.join();
    }),
  );
  return once.slice(0, once.length - cutOff);
}
