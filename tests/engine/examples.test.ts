import type { OpMap, UpResult } from "@pulumi/pulumi/automation";
import type { Emulator } from "../../emulator";
import { secondSubscriptionId, startEmulator } from "../../emulator";
import type { OpenStack } from "../../tools/engine/stack";
import { backupInstanceType, providerText } from "../../provider/resources/providerText";
import { Estate } from "../wire/estate";
import { signIn } from "../wire/signIn";
import { openExample, prepareExistingVault } from "./example";
import { messagesOf } from "./messages";
import { describeWithPulumi } from "./withPulumi";

/** Every example, with what is there before it and the configuration that it wants. */
const examples: [name: string, prepare: (emulator: Emulator) => Promise<Record<string, string>>][] = [
  ["quickStart", async () => ({})],
  ["policyChange", async () => ({})],
  ["blobs", async () => ({})],
  [
    "disksAcrossSubscriptions",
    async (emulator) => {
      const diskIds = await putDisksOf(secondSubscriptionId, emulator, ["data", "logs", "archive"]);
      return { workloadSubscriptionId: secondSubscriptionId, diskIds: JSON.stringify(diskIds) };
    },
  ],
  ["existingVault", async (emulator) => prepareExistingVault(await Estate.build(emulator))],
];

/** The ids, by their names, of disks that are there already. */
async function putDisksOf(
  subscriptionId: string,
  emulator: Emulator,
  names: string[],
): Promise<Record<string, string>> {
  const http = await signIn(emulator);
  const groupId = `/subscriptions/${subscriptionId}/resourceGroups/workload`;
  const location = "westeurope";
  await http.put(groupId, { location }, { params: { "api-version": "2024-03-01" } });
  const ids = names.map((name) => [name, `${groupId}/providers/Microsoft.Compute/disks/${name}`]);
  for (const [, id = ""] of ids) {
    const properties = { diskSizeGB: 4, creationData: { createOption: "Empty" } };
    const body = { location, sku: { name: "StandardSSD_LRS" }, properties };
    await http.put(id, body, { params: { "api-version": "2024-03-02" } });
  }
  return Object.fromEntries(ids) as Record<string, string>;
}

interface StateResource {
  type: string;
  id?: string;
  outputs?: Record<string, unknown>;
}

describeWithPulumi("every example, with the real engine", (pulumi) => {
  describe.each(examples)("%s", (name, prepare) => {
    let emulator: Emulator;
    let opened: OpenStack;
    let before: string[];
    let first: UpResult;

    beforeAll(async () => {
      emulator = await startEmulator({ speed: 500 });
      const config = await prepare(emulator);
      before = emulator.remainingResourceIds();
      opened = await openExample(name, { emulator, pulumiCommand: await pulumi(), config });
    });
    afterAll(async () => {
      await opened.close();
      await emulator.stop();
    });

    const instances = async (): Promise<StateResource[]> => {
      const { deployment } = await opened.stack.exportStack();
      return deployment.resources.filter(({ type }: StateResource) => type === backupInstanceType);
    };

    it("previews, and sends nothing for that but questions", async () => {
      const from = emulator.exchanges.length;
      await opened.stack.preview();
      const writes = emulator.exchanges
        .slice(from)
        .filter(({ method, url }) => method !== "GET" && url.startsWith("/subscriptions/"))
        .filter(({ url }) => !url.includes("/validateForBackup"));
      expect(writes).toEqual([]);
    });

    it("comes up, with every instance protected", async () => {
      first = await opened.stack.up();
      const states = (await instances()).map(({ outputs }) => outputs?.protectionState);
      expect(states.length).toBeGreaterThan(0);
      expect(new Set(states)).toEqual(new Set(["ProtectionConfigured"]));
    });

    it("keeps the constant line, the ARM id and no secret in state", async () => {
      for (const { id, outputs } of await instances()) {
        expect(outputs?.__provider).toBe(providerText);
        expect(id).toBe(outputs?.backupInstanceId);
      }
      const secret = emulator.environment.ARM_CLIENT_SECRET ?? "none";
      expect(JSON.stringify(await opened.stack.exportStack())).not.toContain(secret);
    });

    it("has nothing to do the second time", async () => {
      const { summary, outputs } = await opened.stack.up();
      expect(onlySame(summary.resourceChanges)).toBe(true);
      expect(outputs).toEqual(first.outputs);
    });

    it("refreshes without a change", async () => {
      const { summary } = await opened.stack.refresh();
      expect(onlySame(summary.resourceChanges)).toBe(true);
      expect(onlySame((await opened.stack.up()).summary.resourceChanges)).toBe(true);
    });

    it("is destroyed, and leaves what was there before and nothing else", async () => {
      const messages = await messagesOf((options) => opened.stack.destroy(options));
      expect(messages.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(emulator.remainingResourceIds()).toEqual(before);
    });
  });
});

function onlySame(changes: OpMap = {}): boolean {
  return Object.keys(changes).every((operation) => operation === "same");
}
