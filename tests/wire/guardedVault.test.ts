import type { AxiosInstance } from "axios";
import type { Exchange } from "../../emulator";
import { prerequisiteText } from "../../provider/resources/providerText";
import type { DynamicHost } from "../host/dynamicHost";
import { signIn } from "./signIn";
import { Stage, itAgreesWithOpenApi, storyOf } from "./stage";

type Properties = Record<string, unknown>;

const apiVersion = { params: { "api-version": "2025-07-01" } };
const key = (name: string): object => ({
  state: "Enabled",
  keyVaultProperties: { keyUri: `https://keys.vault.azure.net/keys/${name}` },
  kekIdentity: { identityType: "SystemAssigned" },
  infrastructureEncryption: "Disabled",
});
const strong = {
  softDeleteSettings: { state: "On", retentionDurationInDays: 30 },
  immutabilitySettings: { state: "Unlocked" },
  encryptionSettings: key("first"),
};

let stage: Stage;
let http: AxiosInstance;
let vaultId: string;
let guardId: string;
let proxyId: string;
beforeAll(async () => {
  stage = await Stage.open();
  http = await signIn(stage.emulator);
});
afterAll(async () => stage.close());

async function inputsOf(host: DynamicHost, declared: object): Promise<Properties> {
  const resourceUrn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/azure-dataprotection:Any::any";
  const { inputs, failures } = await host.check({ __provider: prerequisiteText, resourceUrn, ...declared });
  expect(failures).toEqual([]);
  return inputs;
}

const vaultWith = (securitySettings: object): object => ({
  sort: "backupVault",
  resourceId: vaultId,
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  properties: {
    storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }],
    securitySettings,
  },
  neededBy: { vaultId },
});
const binding = (): object => ({
  sort: "resourceGuardProxy",
  resourceId: proxyId,
  properties: { resourceGuardResourceId: guardId },
});

let vaults = 0;

/** A new vault and what binds it to a guard. */
async function makeGuarded(exclusions: string[] = []): Promise<{ vault: Properties; proxy: Properties }> {
  const ofService = `${stage.estate.groupId}/providers/Microsoft.DataProtection`;
  vaultId = `${ofService}/backupVaults/ours-${++vaults}`;
  guardId = `${ofService}/resourceGuards/guard-${vaults}`;
  proxyId = `${vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`;
  const properties = { vaultCriticalOperationExclusionList: exclusions };
  await http.put(guardId, { location: "westeurope", properties }, apiVersion);
  const { result } = await stage.operation(async (host) => ({
    vault: (await host.create(await inputsOf(host, vaultWith(strong)))).outputs,
    proxy: (await host.create(await inputsOf(host, binding()))).outputs,
  }));
  return result;
}

interface Outcome {
  story: string[];
  /** The requests to the guard that were named, by their kinds. */
  named: string[];
  failure?: string;
}

async function outcomeOf(run: (host: DynamicHost) => Promise<unknown>): Promise<Outcome> {
  const { result, exchanges } = await stage.operation(async (host) =>
    run(host).then(
      () => undefined,
      (error: Error) => error.message,
    ),
  );
  return { story: storyOf(exchanges), named: exchanges.flatMap(namedIn), failure: result };
}

const updateTo = async (before: Properties, securitySettings: object): Promise<Outcome> =>
  outcomeOf(async (host) => host.update(vaultId, before, await inputsOf(host, vaultWith(securitySettings))));

function namedIn({ requestBody }: Exchange): string[] {
  const { properties, ...body } = (requestBody ?? {}) as { properties?: Properties } & Properties;
  const ids = (properties ?? body).resourceGuardOperationRequests as string[] | undefined;
  return (ids ?? []).map((id) => id.split("/").at(-2) ?? "");
}

const put = ["PUT the vault 201", "GET operationStatus 200 Succeeded"];
const proxy = "backupResourceGuardProxies/DppResourceGuardProxy";
const seen = "GET the vault 200";
const refused = [
  seen,
  "PUT the vault 400 UserErrorResourceGuardApprovalRequired",
  "GET the vault 200",
  `GET ${proxy} 200`,
];

describe("a change of a vault that a Resource Guard watches over", () => {
  it.each<[what: string, settings: object, requests: string[]]>([
    [
      "soft delete off",
      { ...strong, softDeleteSettings: { state: "Off" } },
      ["dppReduceSoftDeleteSecurityRequests"],
    ],
    [
      "deleted backups kept for a shorter time",
      { ...strong, softDeleteSettings: { state: "On", retentionDurationInDays: 14 } },
      ["dppReduceSoftDeleteSecurityRequests"],
    ],
    [
      "no immutability",
      { ...strong, immutabilitySettings: { state: "Disabled" } },
      ["dppReduceImmutabilityStateRequests"],
    ],
    [
      "another key",
      { ...strong, encryptionSettings: key("second") },
      ["dppModifyEncryptionSettingsRequests"],
    ],
    [
      "several of these",
      { ...strong, softDeleteSettings: { state: "Off" }, immutabilitySettings: { state: "Disabled" } },
      ["dppReduceSoftDeleteSecurityRequests", "dppReduceImmutabilityStateRequests"],
    ],
  ])("names its approval: %s", async (_what, settings, requests) => {
    const { vault } = await makeGuarded();
    expect(await updateTo(vault, settings)).toEqual({ story: [...refused, ...put, seen], named: requests });
  });

  it("is asked for plainly where nothing gets weaker", async () => {
    const { vault } = await makeGuarded();
    const stronger = { ...strong, softDeleteSettings: { state: "On", retentionDurationInDays: 60 } };
    expect(await updateTo(vault, stronger)).toEqual({ story: [seen, ...put, seen], named: [] });
  });

  it("is asked for plainly where the guard does not watch over it", async () => {
    const { vault } = await makeGuarded([
      "Microsoft.DataProtection/backupVaults/write#reduceImmutabilityState",
    ]);
    const weaker = { ...strong, immutabilitySettings: { state: "Disabled" } };
    expect(await updateTo(vault, weaker)).toEqual({ story: [seen, ...put, seen], named: [] });
  });

  it("says whom to ask where the approval is withheld, and changes nothing", async () => {
    const { vault } = await makeGuarded();
    stage.emulator.control.withholdApproval(guardId);
    const outcome = await updateTo(vault, { ...strong, softDeleteSettings: { state: "Off" } });
    expect(outcome.story).toEqual([...refused, "PUT the vault 403 LinkedAuthorizationFailed"]);
    expect(outcome.failure).toMatch(
      new RegExp(
        `updating Backup vault ${vaultId}: LinkedAuthorizationFailed: .* Resource Guard ${guardId} watches over ` +
          `write#reduceSoftDeleteSecurity in vault ${vaultId}: ask its owner for the role "Backup MUA Operator" on it`,
      ),
    );
    const { data } = await http.get<{ properties: Properties }>(vaultId, apiVersion);
    expect(data.properties.securitySettings).toMatchObject(strong);
  });

  it("tells what the service says to a change that no approval helps", async () => {
    const { vault } = await makeGuarded();
    const without = { ...strong, encryptionSettings: { state: "Disabled" } };
    expect((await updateTo(vault, without)).failure).toMatch(/cannot be disabled once it is enabled/);
  });
});

describe("the binding to a Resource Guard", () => {
  const refusal = `DELETE ${proxy} 400 UserErrorResourceGuardApprovalRequired`;

  it("goes with the approval of the guard", async () => {
    const { proxy: outputs } = await makeGuarded();
    expect(await outcomeOf(async (host) => host.delete(proxyId, outputs))).toEqual({
      story: [refusal, seen, `GET ${proxy} 200`, `POST ${proxy}/unlockDelete 200`, `DELETE ${proxy} 200`],
      named: ["deleteResourceGuardProxyRequests"],
    });
    const { data } = await http.get<{ properties: Properties }>(vaultId, apiVersion);
    expect(data.properties.isVaultProtectedByResourceGuard).toBe(false);
  });

  it("stays where the approval is withheld, and says whom to ask", async () => {
    const { proxy: outputs } = await makeGuarded();
    stage.emulator.control.withholdApproval(guardId);
    const outcome = await outcomeOf(async (host) => host.delete(proxyId, outputs));
    expect(outcome.failure).toMatch(
      new RegExp(
        `deleting binding to a Resource Guard ${proxyId}: LinkedAuthorizationFailed: .* watches over ` +
          `backupResourceGuardProxies/delete in vault ${vaultId}: ask its owner`,
      ),
    );
    expect(stage.emulator.remainingResourceIds()).toContain(proxyId);
  });

  it("needs no approval where it is gone already", async () => {
    const { proxy: outputs } = await makeGuarded();
    stage.emulator.control.unbindGuard(vaultId);
    const outcome = await outcomeOf(async (host) => host.delete(proxyId, outputs));
    expect(outcome).toEqual({ story: [`DELETE ${proxy} 204`], named: [] });
  });
});

itAgreesWithOpenApi(() => stage);
