import path from "node:path";
import type { Emulator, EmulatorOptions, Exchange } from "../../emulator";
import { startEmulator } from "../../emulator";
import { summarise } from "../conformance/openApi";
import { DynamicHost } from "../host/dynamicHost";
import { Estate } from "./estate";

const repository = path.resolve(__dirname, "../..");

/** The emulator, an estate on it, and operations of the real host of dynamic providers against it. */
export class Stage {
  private constructor(
    readonly emulator: Emulator,
    readonly estate: Estate,
  ) {}

  static async open(
    options: Parameters<typeof Estate.build>[1] & Pick<EmulatorOptions, "onExchange" | "now"> = {},
  ): Promise<Stage> {
    const { onExchange, now } = options;
    const emulator = await startEmulator({ speed: 1_000, onExchange, now });
    return new Stage(emulator, await Estate.build(emulator, options));
  }

  /** Runs one operation of the engine: a host process of its own. Returns what our provider asked meanwhile. */
  async operation<Result>(
    run: (host: DynamicHost) => Promise<Result>,
    config: Record<string, string> = {},
  ): Promise<{ result: Result; exchanges: Exchange[]; printed: string[] }> {
    const host = await DynamicHost.start({
      folder: repository,
      environment: this.emulator.environment,
      config,
    });
    const before = this.emulator.exchanges.length;
    try {
      const result = await run(host);
      return {
        result,
        exchanges: this.emulator.exchanges.slice(before).filter(isOurs),
        printed: host.printed,
      };
    } finally {
      await host.stop();
    }
  }

  async close(): Promise<void> {
    await this.emulator.stop();
  }
}

/** Whether the provider asked that, of Resource Manager. */
export function isOurs({ requestHeaders, url }: Exchange): boolean {
  return requestHeaders["user-agent"] === "pulumi-azure-dataprotection" && url.startsWith("/subscriptions/");
}

/**
 * The story of some exchanges: method, what was asked below the vault, answer. Looks at something that was still at work
 * are left out, since their number depends on time.
 */
export function storyOf(exchanges: Exchange[]): string[] {
  const lines = exchanges.map(({ method, url, status, responseBody }) => {
    const asked = url
      .replace(/\?.*$/, "")
      .replace(
        /^.*\/providers\/Microsoft.DataProtection\/backupInstances$/,
        "backupInstances of the datasource",
      )
      .replace(
        /^.*\/providers\/Microsoft.(Compute\/disks|Storage\/storageAccounts)\/[^/]+$/,
        "the datasource",
      )
      .replace(/^.*\/(backupVaults|locations)\/[^/]+\/?/i, "");
    const what = asked
      .replace(/^(operation(?:Status|Results))\/.*$/, "$1")
      .replace(/^(backupInstances|deletedBackupInstances)\/[^/]+/, "$1/*");
    return [method, what || "the vault", status, stateIn(responseBody)].filter(Boolean).join(" ");
  });
  return lines.filter((line) => !/^GET .* (Inprogress|ConfiguringProtection|UpdatingProtection)$/.test(line));
}

function stateIn(body: unknown): string | undefined {
  const { status, error, properties } = (body ?? {}) as {
    status?: string;
    error?: { code: string };
    properties?: { currentProtectionState?: string };
  };
  return [status, error?.code, properties?.currentProtectionState].filter(Boolean).join(" ") || undefined;
}

/** A test that every exchange of the stage agrees with Microsoft's document. */
export function itAgreesWithOpenApi(stage: () => Pick<Stage, "emulator">): void {
  it("agrees with Microsoft's OpenAPI document in every exchange that nothing was made wrong with", () => {
    const { checked, problems } = summarise(
      stage().emulator.exchanges.filter(({ fault }) => fault === undefined),
    );
    expect(problems).toEqual([]);
    expect(checked).toBeGreaterThan(0);
  });
}
