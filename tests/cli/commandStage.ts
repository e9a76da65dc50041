import { readFileSync } from "node:fs";
import tls from "node:tls";
import { ArmClient } from "../../provider/azure/http/armClient";
import { RecoveryService } from "../../provider/dataProtection/recovery/recoveryService";
import { DataProtectionService } from "../../provider/dataProtection/service";
import type { Exchange } from "../../emulator";
import type { Terminal } from "../../cli/terminal";
import { RecoveryLandscape } from "../emulator/recovery/recoveryLandscape";

const apiVersion = "2025-07-01";

/** What a run of a command came to. */
export interface Run {
  /** The error that it ended with; empty when it succeeded. */
  failure: string;
  errorName: string;
  printed: string;
  progress: string[];
  whatGoesOn: string;
  /** What was asked, as `METHOD path`, without looks at operations. */
  requests: string[];
}

/** Commands of the package on the emulator, whose clock goes on whenever a command sleeps. */
export class CommandStage {
  readonly #trust: jest.SpyInstance;

  private constructor(readonly recovery: RecoveryLandscape) {
    const authority = readFileSync(recovery.landscape.emulator.certificateFile, "utf8");
    const createSecureContext = tls.createSecureContext;
    // Node reads NODE_EXTRA_CA_CERTS at its start only, and the emulator's certificate is younger than this process.
    this.#trust = jest.spyOn(tls, "createSecureContext").mockImplementation((options) => {
      const context = createSecureContext(options);
      (context.context as { addCACert(pem: string): void }).addCACert(authority);
      return context;
    });
  }

  static async open(): Promise<CommandStage> {
    return new CommandStage(await RecoveryLandscape.start());
  }

  /** Lets days pass. */
  passDays(days: number): void {
    this.recovery.landscape.passInSeconds(days * 24 * 60 * 60);
    this.recovery.client.forgetToken();
  }

  /** Runs a command with these words. */
  async run(
    command: (words: readonly string[], terminal: Terminal) => Promise<void>,
    ...words: string[]
  ): Promise<Run> {
    const { landscape } = this.recovery;
    const printed: string[] = [];
    const progress: string[] = [];
    let whatGoesOn = "";
    const before = landscape.emulator.exchanges.length;
    const terminal: Terminal = {
      print: (text) => void printed.push(text),
      progress: (text) => void progress.push(text),
      onInterrupt: (text) => (whatGoesOn = text),
      open: async () => this.#signIn(),
    };
    const error = await command(words, terminal).then(
      () => undefined,
      (failure: Error) => failure,
    );
    return {
      failure: error?.message ?? "",
      errorName: error?.name ?? "",
      printed: printed.join("\n"),
      progress,
      whatGoesOn,
      requests: landscape.emulator.exchanges.slice(before).filter(isWork).map(storyOf),
    };
  }

  async #signIn(): ReturnType<Terminal["open"]> {
    const { landscape } = this.recovery;
    const clock = {
      now: () => landscape.now,
      sleep: async (durationInMs: number) => landscape.passInSeconds(durationInMs / 1000),
    };
    let token: string | undefined;
    const tokens = {
      getToken: async () =>
        (token ??= String(
          (await landscape.client.requestToken(landscape.client.secretForm())).body.access_token,
        )),
      invalidate: () => (token = undefined),
    };
    const client = new ArmClient(landscape.emulator.url, tokens, clock, () => 0);
    return {
      service: new DataProtectionService(client, apiVersion),
      recovery: new RecoveryService(client, apiVersion),
    };
  }

  async close(): Promise<void> {
    this.#trust.mockRestore();
    await this.recovery.stop();
  }
}

function isWork({ url, requestHeaders }: Exchange): boolean {
  return (
    requestHeaders["user-agent"] === "pulumi-azure-dataprotection" &&
    !/\/operation(Status|Results)\//.test(url)
  );
}

function storyOf({ method, url }: Exchange): string {
  const path = decodeURIComponent(url.split("?")[0]!)
    .replace(/^.*\/backupVaults\/vault\/?/, "")
    .replace(/backupJobs\/[^/]+$/, "backupJobs/*");
  return `${method} ${path || "the vault"}`;
}
