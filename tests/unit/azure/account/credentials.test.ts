import * as identity from "@azure/identity";
import { chooseMethod } from "../../../../provider/azure/account/authenticationMethod";
import type { Cloud } from "../../../../provider/azure/account/cloudMetadata";
import { resolveCloud } from "../../../../provider/azure/account/cloud";
import { createCredential } from "../../../../provider/azure/account/credentials";
import { settingsOf } from "./settingsOf";

const parts = {
  subscriptionId: "00000000-0000-0000-0000-000000000001",
  tenantId: "00000000-0000-0000-0000-000000000002",
  clientId: "00000000-0000-0000-0000-000000000003",
};

type Part = keyof typeof parts;

interface Method {
  readonly title: string;
  /** What chooses this method. */
  readonly chosenBy: Readonly<Record<string, string>>;
  /** In the order in which azure-native misses them. */
  readonly required: readonly Part[];
  readonly credential: abstract new (...args: never[]) => identity.TokenCredential;
}

/** In azure-native's order. */
const methods: readonly Method[] = [
  {
    title: "using the Default Azure Credential",
    chosenBy: { useDefaultAzureCredential: "true" },
    required: ["subscriptionId"],
    credential: identity.DefaultAzureCredential,
  },
  {
    title: "as a Service Principal using a Client Certificate",
    chosenBy: { clientCertificatePath: "/nowhere/certificate.pfx" },
    required: ["subscriptionId", "tenantId", "clientId"],
    credential: identity.ClientCertificateCredential,
  },
  {
    title: "as a Service Principal using a Client Secret",
    chosenBy: { clientSecret: "secret" },
    required: ["subscriptionId", "tenantId", "clientId"],
    credential: identity.ClientSecretCredential,
  },
  {
    title: "with OIDC",
    chosenBy: { useOidc: "true", oidcToken: "outside" },
    required: ["subscriptionId", "tenantId", "clientId"],
    credential: identity.ClientAssertionCredential,
  },
  {
    title: "as a Managed Identity using MSI",
    chosenBy: { useMsi: "true" },
    required: ["subscriptionId"],
    credential: identity.ManagedIdentityCredential,
  },
  { title: "using the Azure CLI", chosenBy: {}, required: [], credential: identity.AzureCliCredential },
];

const messageNames: Readonly<Record<Part, string>> = {
  subscriptionId: "Subscription ID",
  tenantId: "Tenant ID",
  clientId: "Client ID",
};

describe("credentials", () => {
  let cloud: Cloud;
  beforeAll(async () => {
    cloud = await resolveCloud(settingsOf({}));
  });

  const pairs = methods.flatMap((first, index) =>
    methods.slice(index + 1).map((second) => ({ first, second })),
  );
  it.each(pairs.map(({ first, second }) => [first.title, second.title, first, second] as const))(
    "authenticates %s rather than %s",
    (_, __, first, second) => {
      const settings = settingsOf({ ...parts, ...second.chosenBy, ...first.chosenBy });
      expect(chooseMethod(settings).title).toBe(first.title);
    },
  );

  const missing = methods.flatMap((method) => method.required.map((part) => ({ method, part })));
  it.each(missing.map(({ method, part }) => [method.title, messageNames[part], method, part] as const))(
    "refuses %s without a %s, although another method is configured",
    async (title, name, method, part) => {
      const others = Object.fromEntries(Object.entries(parts).filter(([key]) => key !== part));
      const settings = settingsOf({ ...others, useMsi: "true", ...method.chosenBy });
      const message = `A ${name} must be configured when authenticating ${title}. Set azure-native:${part} (ARM_`;
      await expect(createCredential(settings, cloud)).rejects.toThrow(message);
    },
  );

  it.each(
    methods.filter(({ required }) => required.length > 0).map((method) => [method.title, method] as const),
  )("misses the parts %s in azure-native's order", (_, { required, chosenBy }) => {
    const order = required.map((part, index) => {
      const given = required.slice(0, index).map((key) => [key, parts[key]] as const);
      const attempt = (): unknown => chooseMethod(settingsOf({ ...Object.fromEntries(given), ...chosenBy }));
      expect(attempt).toThrow(`A ${messageNames[part]} must be configured`);
      return part;
    });
    expect(order).toEqual(required);
  });

  const withoutSource: readonly Readonly<Record<string, string>>[] = [
    {},
    { oidcRequestUrl: "https://example" },
    { oidcRequestToken: "bearer" },
  ];
  it.each(withoutSource)("refuses OIDC without a token, a file or a request (%j)", (some) => {
    expect(() => chooseMethod(settingsOf({ ...parts, useOidc: "true", ...some }))).toThrow(
      "A OIDC token or request URL and token must be configured when authenticating with OIDC. ",
    );
  });

  it.each(
    methods
      .filter(({ chosenBy }) => !("clientCertificatePath" in chosenBy))
      .map((m) => [m.title, m] as const),
  )("opens the credential of @azure/identity that authenticates %s", async (_, { chosenBy, credential }) => {
    expect(await createCredential(settingsOf({ ...parts, ...chosenBy }), cloud)).toBeInstanceOf(credential);
  });

  it("says that the certificate cannot be read, and does not go on to the client secret", async () => {
    const settings = settingsOf({
      ...parts,
      clientSecret: "secret",
      clientCertificatePath: "/nowhere/certificate.pfx",
    });
    await expect(createCredential(settings, cloud)).rejects.toThrow(
      "the Client Certificate Path is not a valid pfx file: failed to read certificate from /nowhere/certificate.pfx: ENOENT",
    );
  });

  it("refuses to ask for an OIDC token over plain http", async () => {
    const request = { oidcRequestUrl: "http://tokens.example/?a=b", oidcRequestToken: "bearer" };
    const settings = settingsOf({ ...parts, useOidc: "true", ...request });
    await expect(createCredential(settings, cloud)).rejects.toThrow("azure-native:oidcRequestUrl");
  });
});
