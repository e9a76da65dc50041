import { startEmulator } from "../../emulator";
import type { Exchange } from "../../emulator";
import { summarise } from "../conformance/openApi";
import { run } from "./processes";
import { sdks } from "./sdks";
import { Table } from "./table";

/** What every client sees at each step of a disk's backup. */
const expectedSteps = {
  vault: "Succeeded",
  policy: "daily",
  "validate without roles": "UserErrorMissingRequiredPermissions",
  "validate with roles": "Succeeded",
  create: "ProtectionConfigured",
  read: "data",
  list: "1",
  update: "weekly",
  stop: "ProtectionStopped",
  resume: "ProtectionConfigured",
  delete: "UserErrorGenericResourceNotFound",
  "soft-deleted list": "SoftDeleted",
  undelete: "ProtectionStopped",
};

const flowTimeoutInMs = 400_000;
const documentedApiVersion = "api-version=2024-04-01";

describe("the emulator is a cloud to Microsoft's SDKs and CLI", () => {
  const table = new Table(Object.keys(expectedSteps));
  afterAll(() => void process.stdout.write(`\n${table.toString()}\n`));

  it.each(sdks.map((sdk) => [sdk.name, sdk] as const))(
    "%s lives through a disk's backup",
    async (name, sdk) => {
      const prepared = await sdk.prepare();
      if ("absence" in prepared) {
        process.stderr.write(`${name}: skipped, because ${prepared.absence}\n`);
        table.skip(name, prepared.absence);
        return;
      }
      const emulator = await startEmulator({ speed: 100 });
      try {
        const { command, words } = prepared;
        const printed = await run(command, words, {
          env: { ...process.env, ...emulator.environment },
          timeoutInMs: flowTimeoutInMs,
        });
        const steps = readSteps(printed);
        table.add(name, steps, emulator.exchanges.length);
        expect(steps).toEqual(expectedSteps);
        expect(problemsOf(emulator.exchanges)).toEqual([]);
      } finally {
        await emulator.stop();
      }
    },
  );
});

function readSteps(printed: string): Record<string, string> {
  const lines = printed.trim().split("\n");
  const steps = lines.map((line) => JSON.parse(line) as { step: string; outcome: string });
  return Object.fromEntries(steps.map(({ step, outcome }) => [step, outcome]));
}

/** What Microsoft's document says against the exchanges, those of its own api-version. */
function problemsOf(exchanges: readonly Exchange[]): readonly string[] {
  const documented = exchanges.filter(({ url }) => url.includes(documentedApiVersion));
  return summarise(documented).problems;
}
