import { createRequire } from "node:module";
import { providerText } from "../../provider/resources/providerText";
import type * as Provider from "../../provider/instance/verbs";
import type { EngineLog } from "../../provider/host/engineLog";

const load = createRequire(__filename);
const engineLog = load("../../provider/host/engineLog") as { openEngineLog: () => EngineLog };

/** The modules in which a host process remembers something: without them loaded anew, no flow ends as it should. */
const statefulModules = ["../../provider/instance/verbs", "../../provider/host/operation"];

type Properties = Record<string, unknown>;

/** The resource as the engine keeps it between operations. */
export interface KeptResource {
  id: string;
  inputs: Properties;
  outputs: Properties;
  /** Whether the last operation left it unfinished: the engine then updates it in any case. */
  isUnfinished: boolean;
}

/** How an operation ended for people: what its last line says, and whether a warning stands above it. */
export type Ending = { warnings: string[] } & ({ isGreen: true } | { isGreen: false; message: string });

const resourceUrn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance::data";

/**
 * One resource in one stack. Each operation runs the real lifecycle as one host process would, with a memory of its own, in
 * the order of the engine's calls, and what goes back and forth is plain JSON as on the real boundary.
 */
export class ProgramRun {
  /** What state holds; `undefined` when it knows of no instance. */
  kept: KeptResource | undefined;
  #warnings: string[] = [];

  /** `pulumi up` of a program that declares this. */
  async up(declared: object): Promise<Ending> {
    const provider = await this.#startHost();
    const news = { ...declared, resourceUrn, isPreview: false, __provider: providerText };
    const { inputs, failures } = plain(await provider.check(this.kept?.inputs ?? {}, plain(news)));
    if (failures.length > 0) {
      return this.#red(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
    return this.kept === undefined
      ? this.#create(provider, { ...inputs })
      : this.#update(provider, this.kept, { ...inputs });
  }

  /** The preview of it. */
  async preview(declared: object): Promise<Ending> {
    const provider = await this.#startHost();
    const news = { ...declared, resourceUrn, isPreview: true, __provider: providerText };
    const { inputs, failures } = plain(await provider.check(this.kept?.inputs ?? {}, plain(news)));
    if (failures.length === 0 && this.kept !== undefined) {
      await provider.diff(this.kept.id, plain(this.kept.outputs) as never, inputs);
    }
    return failures.length === 0 ? this.#green() : this.#red(failures.map(({ reason }) => reason).join("\n"));
  }

  /** `pulumi refresh`. */
  async refresh(): Promise<Ending> {
    const provider = await this.#startHost();
    const { id, outputs } = this.#resource();
    try {
      const read = plain(await provider.read(id, plain(outputs)));
      this.kept = read.id
        ? { id, inputs: { ...read.inputs }, outputs: { ...read.props }, isUnfinished: false }
        : undefined;
      return this.#green();
    } catch (error) {
      return this.#red(messageOf(error));
    }
  }

  /** `pulumi destroy`. */
  async destroy(): Promise<Ending> {
    const provider = await this.#startHost();
    const { id, outputs } = this.#resource();
    try {
      await provider.delete(id, plain(outputs) as never);
      this.kept = undefined;
      return this.#green();
    } catch (error) {
      return this.#red(messageOf(error));
    }
  }

  #resource(): KeptResource {
    if (this.kept === undefined) {
      throw new Error("the engine calls this for resources in state only");
    }
    return this.kept;
  }

  async #create(provider: typeof Provider, inputs: Properties): Promise<Ending> {
    try {
      const { id, outs } = plain(await provider.create(plain(inputs) as never));
      this.kept = { id, inputs, outputs: { ...outs }, isUnfinished: false };
      return this.#green();
    } catch (error) {
      return this.#keepUnfinished(error, inputs);
    }
  }

  async #update(provider: typeof Provider, kept: KeptResource, inputs: Properties): Promise<Ending> {
    const { id, outputs } = kept;
    const { changes } = await provider.diff(id, plain(outputs) as never, plain(inputs) as never);
    if (!changes && !kept.isUnfinished) {
      return this.#green();
    }
    try {
      const { outs } = plain(await provider.update(id, plain(outputs) as never, plain(inputs) as never));
      this.kept = { id, inputs, outputs: { ...outs }, isUnfinished: false };
      return this.#green();
    } catch (error) {
      return this.#keepUnfinished(error, inputs);
    }
  }

  /** An error with an id keeps the resource in state as unfinished; any other leaves state as it was. */
  #keepUnfinished(error: unknown, inputs: Properties): Ending {
    const { id, properties, reasons } = error as { id?: string; properties?: Properties; reasons?: string[] };
    if (id === undefined || properties === undefined) {
      return this.#red(messageOf(error));
    }
    this.kept = { id, inputs, outputs: plain(properties), isUnfinished: true };
    return this.#red(reasons?.join("\n") ?? "");
  }

  #green(): Ending {
    return { isGreen: true, warnings: this.#warnings };
  }

  #red(message: string): Ending {
    return { isGreen: false, message, warnings: this.#warnings };
  }

  /** The lifecycle with nothing remembered: what the engine gets when it starts the host of dynamic providers. */
  async #startHost(): Promise<typeof Provider> {
    const warnings: string[] = (this.#warnings = []);
    // What would be the engine's log at the other end of a connection.
    engineLog.openEngineLog = () => async (severity, message) => {
      warnings.push(...(severity === "warning" ? [message] : []));
    };
    statefulModules.forEach((module) => delete load.cache[load.resolve(module)]);
    const provider = load("../../provider/instance/verbs") as typeof Provider;
    await provider.configure({ config: { get: () => undefined } });
    return provider;
  }
}

function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
