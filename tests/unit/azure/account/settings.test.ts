import type { SettingKey } from "../../../../provider/azure/account/settings";
import { SettingsError, describeSetting, readSettings } from "../../../../provider/azure/account/settings";

type Values = Readonly<Record<string, string>>;

function read(stack: Values, environment: Values = {}): ReturnType<typeof readSettings> {
  return readSettings((key) => stack[key], environment);
}

/** As in azure-native's readAuthConfig; written out here, so that a slip in the code's table is noticed. */
const texts: readonly [key: SettingKey, variable: string][] = [
  ["clientId", "ARM_CLIENT_ID"],
  ["clientSecret", "ARM_CLIENT_SECRET"],
  ["tenantId", "ARM_TENANT_ID"],
  ["subscriptionId", "ARM_SUBSCRIPTION_ID"],
  ["clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH"],
  ["clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"],
  ["oidcToken", "ARM_OIDC_TOKEN"],
  ["oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"],
  ["oidcAudience", "ARM_OIDC_AUDIENCE"],
  ["oidcRequestUrl", "ACTIONS_ID_TOKEN_REQUEST_URL"],
  ["oidcRequestToken", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"],
  ["environment", "ARM_ENVIRONMENT"],
  ["environment", "AZURE_ENVIRONMENT"],
  ["activeDirectoryAuthorityHost", "ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST"],
  ["resourceManagerAudience", "ARM_RESOURCE_MANAGER_AUDIENCE"],
  ["resourceManagerEndpoint", "ARM_RESOURCE_MANAGER_ENDPOINT"],
  ["metadataHost", "ARM_METADATA_HOSTNAME"],
];

const switches: readonly [key: SettingKey, variable: string][] = [
  ["useOidc", "ARM_USE_OIDC"],
  ["useMsi", "ARM_USE_MSI"],
  ["useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL"],
  ["disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY"],
];

describe("settings", () => {
  describe.each(texts)("%s and %s", (key, variable) => {
    it("takes the stack's value before the variable's", () => {
      expect(read({ [`azure-native:${key}`]: "stack" }, { [variable]: "variable" })[key]).toBe("stack");
    });

    it("takes the variable's value alone", () => {
      expect(read({}, { [variable]: "variable" })[key]).toBe("variable");
    });

    it("counts an empty value as not set, in the stack and in the variable", () => {
      expect(read({ [`azure-native:${key}`]: "" })[key]).toBeUndefined();
      expect(read({}, { [variable]: "" })[key]).toBeUndefined();
    });

    it("lets an empty value of the stack hide the variable, as azure-native does", () => {
      expect(read({ [`azure-native:${key}`]: "" }, { [variable]: "variable" })[key]).toBeUndefined();
    });

    it("names the key and the variable in messages", () => {
      expect(describeSetting(key)).toContain(`azure-native:${key} (`);
      expect(describeSetting(key)).toContain(variable);
    });
  });

  describe.each(switches)("%s and %s", (key, variable) => {
    it("is on for 'true', the stack before the variable", () => {
      expect(read({ [`azure-native:${key}`]: "true" })[key]).toBe(true);
      expect(read({}, { [variable]: "true" })[key]).toBe(true);
      expect(read({ [`azure-native:${key}`]: "false" }, { [variable]: "true" })[key]).toBe(false);
      expect(read({ [`azure-native:${key}`]: "true" }, { [variable]: "false" })[key]).toBe(true);
    });

    it.each(["", "1", "yes", "True", "false"])("is off for '%s'", (value) => {
      expect(read({ [`azure-native:${key}`]: value })[key]).toBe(false);
      expect(read({}, { [variable]: value })[key]).toBe(false);
    });
  });

  it("asks ARM_ENVIRONMENT before AZURE_ENVIRONMENT, also when the first is empty", () => {
    expect(read({}, { ARM_ENVIRONMENT: "china", AZURE_ENVIRONMENT: "public" }).environment).toBe("china");
    expect(read({}, { ARM_ENVIRONMENT: "", AZURE_ENVIRONMENT: "public" }).environment).toBe("public");
  });

  it("has nothing but switched-off switches and no tenants when nothing is set", () => {
    const set = Object.entries(read({})).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(set)).toEqual({
      useOidc: false,
      useMsi: false,
      useDefaultAzureCredential: false,
      disableInstanceDiscovery: false,
      auxiliaryTenantIds: [],
    });
  });

  describe("auxiliaryTenantIds", () => {
    it("is a JSON list, from the stack before the variable", () => {
      const stack = { "azure-native:auxiliaryTenantIds": '["a","b"]' };
      const environment = { ARM_AUXILIARY_TENANT_IDS: '["c"]' };
      expect(read(stack, environment).auxiliaryTenantIds).toEqual(["a", "b"]);
      expect(read({}, environment).auxiliaryTenantIds).toEqual(["c"]);
      expect(read({ "azure-native:auxiliaryTenantIds": "" }).auxiliaryTenantIds).toEqual([]);
    });

    it.each(["a,b", "[1]", '"a"', "{}", "null", "["])(
      "refuses %s, naming the key and the variable",
      (text) => {
        const attempt = (): unknown => read({}, { ARM_AUXILIARY_TENANT_IDS: text });
        expect(attempt).toThrow(SettingsError);
        expect(attempt).toThrow("azure-native:auxiliaryTenantIds (ARM_AUXILIARY_TENANT_IDS)");
        expect(attempt).toThrow(`'${text}'`);
      },
    );
  });
});
