import { prerequisiteText } from "../../provider/resources/providerText";
import { Stage } from "./stage";

const namespace = "Microsoft.DataProtection";

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
  await stage.estate.grant("diskReader");
  await stage.estate.grant("snapshotContributor");
});
afterAll(async () => stage.close());
beforeEach(() => {
  stage.emulator.control.setRegistration(namespace, "NotRegistered");
});

const registrations = (exchanges: { method: string; url: string }[]): string[] =>
  exchanges.filter(({ method, url }) => method === "POST" && /\/register\?/.test(url)).map(({ url }) => url);

const vaultNamed = (name: string): object => ({
  __provider: prerequisiteText,
  sort: "backupVault",
  resourceId: `${stage.estate.groupId}/providers/Microsoft.DataProtection/backupVaults/${name}`,
  location: "westeurope",
  identity: { type: "SystemAssigned" },
  properties: { storageSettings: [{ datastoreType: "VaultStore", type: "LocallyRedundant" }] },
});

describe("a subscription that has not registered the resource provider", () => {
  it("is registered once by an update, whatever asks first, and the update goes on", async () => {
    const { result, exchanges } = await stage.operation(async (host) => {
      const created = await Promise.all(
        ["first", "second"].map(async (name) => {
          const { inputs } = await host.check(vaultNamed(name));
          return host.create(inputs);
        }),
      );
      const { inputs } = await host.check(stage.estate.diskDeclaration());
      return [...created, await host.create(inputs)];
    });
    expect(result.map(({ id }) => id)).toHaveLength(3);
    expect(registrations(exchanges)).toHaveLength(1);
  });

  it("leaves previews green, and nothing registered", async () => {
    const { result, exchanges } = await stage.operation(async (host) =>
      host.check({ ...stage.estate.diskDeclaration(), isPreview: true }),
    );
    expect(result.failures).toEqual([]);
    expect(registrations(exchanges)).toEqual([]);
    expect(exchanges.map(({ status }) => status)).toContain(409);
  });

  it("is named with the command where those who deploy may not register it", async () => {
    const { control, subscriptionId } = stage.emulator;
    const roles = ["Backup Contributor", "Reader"].map((role) => ({ role, scopeId: stage.estate.groupId }));
    const { clientId, clientSecret } = control.addCaller(roles);
    const config = { "azure-native:clientId": clientId, "azure-native:clientSecret": clientSecret };
    const { result } = await stage.operation(async (host) => {
      const { inputs } = await host.check(vaultNamed("third"));
      return host.create(inputs).then(
        () => "green",
        (error: Error) => error.message,
      );
    }, config);
    expect(result).toMatch(
      /MissingSubscriptionRegistration: The subscription is not registered to use namespace/,
    );
    expect(result).toContain(
      `\`az provider register --namespace ${namespace} --subscription ${subscriptionId}\``,
    );
  });

  it("is not registered by a refresh, which says the command", async () => {
    const { inputs } = (await stage.operation(async (host) => host.check(stage.estate.diskDeclaration())))
      .result;
    const { result, exchanges } = await stage.operation(async (host) =>
      host.read(String(inputs.backupInstanceId), inputs).then(
        () => "green",
        (error: Error) => error.message,
      ),
    );
    expect(result).toContain(`az provider register --namespace ${namespace}`);
    expect(registrations(exchanges)).toEqual([]);
  });
});
