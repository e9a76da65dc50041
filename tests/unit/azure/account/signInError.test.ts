import { resolveCloud } from "../../../../provider/azure/account/cloud";
import type { HttpGet } from "../../../../provider/azure/http/httpGet";
import { SettingsError } from "../../../../provider/azure/account/settings";
import { SignInError, explainSignInFailure } from "../../../../provider/azure/account/signInError";
import { settingsOf } from "./settingsOf";

const parts = { subscriptionId: "subscription", tenantId: "tenant", clientId: "client" };
const withSecret = { ...parts, clientSecret: "c0rrect-horse" };

const refuseToAsk: HttpGet = (url) => Promise.reject(new Error(`${url} was asked`));

async function explain(
  failure: unknown,
  stack: Record<string, string> = withSecret,
  get = refuseToAsk,
  auxiliaryTenantId?: string,
): Promise<Error> {
  const settings = settingsOf(stack);
  return explainSignInFailure(failure, settings, await resolveCloud(settings), auxiliaryTenantId, get);
}

describe("a failed sign-in", () => {
  it("says what was being done, the first line of the answer, and what to do", async () => {
    const failure = new Error(
      "invalid_client: Error(s): 7000222 - Timestamp: 2026-01-01 00:00:00Z - Description: AADSTS7000222: The provided " +
        "client secret keys are expired. Trace ID: 1 Correlation ID: 2 - Correlation ID: 2 - Trace ID: 1\nmore",
    );
    const shown = await explain(failure);
    expect(shown).toBeInstanceOf(SignInError);
    expect(shown.message).toBe(
      "authenticating as a Service Principal using a Client Secret (tenant tenant, client client, " +
        "authority https://login.microsoftonline.com, scope https://management.azure.com/.default): " +
        "AADSTS7000222: The provided client secret keys are expired. " +
        "The client secret has expired: create a new one and set azure-native:clientSecret (ARM_CLIENT_SECRET).",
    );
    expect(shown.cause).toBeUndefined();
  });

  it.each(["endpoints_resolution_error: See msal", "network is down\nand more", ""])(
    "advises to check what the method rests on, for '%s'",
    async (message) => {
      const shown = await explain(new Error(message), { ...parts, useMsi: "true" });
      expect(shown.message).toContain(
        "authenticating as a Managed Identity using MSI (tenant tenant, client client, scope",
      );
      expect(shown.message).not.toContain("authority");
    },
  );

  it.each([
    "[object Object]: Error(s): Not Available - Timestamp: Not Available - Description: Not Available",
    "temporarily_unavailable: Error(s): Not Available - Timestamp: Not Available - Description: Not Available",
  ])("is not blamed on the secret when the service gave no reason: '%s'", async (message) => {
    const shown = await explain(new Error(message));
    expect(shown.message).toMatch(
      /: the answer was no token and gave no reason\. Run it again; if it stays so, check the network, the proxy and the cloud's addresses\.$/,
    );
  });

  const secrets: readonly [string, Record<string, string>][] = [
    ["c0rrect-horse", withSecret],
    [
      "c0rrect-horse",
      { ...parts, clientCertificatePath: "/c.pfx", clientCertificatePassword: "c0rrect-horse" },
    ],
    ["c0rrect-horse", { ...parts, useOidc: "true", oidcToken: "c0rrect-horse" }],
    [
      "c0rrect-horse",
      { ...parts, useOidc: "true", oidcRequestUrl: "https://a", oidcRequestToken: "c0rrect-horse" },
    ],
    ["eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSJ9.c2ln", { ...parts, useMsi: "true" }],
  ];
  it.each(secrets)("never shows %s", async (secret, stack) => {
    const shown = await explain(new Error(`the answer to ${secret} was no, ${secret}`), stack);
    expect(shown.message).not.toContain(secret);
    expect(shown.message).toMatch(/the answer to \[(secret|token)\] was no, \[(secret|token)\]/);
  });

  it("leaves a wrong setting as it was worded", async () => {
    const failure = new SettingsError("reading azure-native:clientCertificatePath");
    expect(await explain(failure)).toBe(failure);
  });

  describe("for which the identity library found no endpoints", () => {
    const failure = new Error("endpoints_resolution_error: Endpoints cannot be resolved");
    const answers: readonly [string, HttpGet, string][] = [
      [
        "says what the authority answers",
        () =>
          Promise.resolve({
            status: 400,
            body: '{"error_description":"AADSTS90002: Tenant not found. Trace ID: 1"}',
          }),
        "AADSTS90002: Tenant not found. Check azure-native:tenantId",
      ],
      [
        "says the status of an answer without a description",
        () => Promise.resolve({ status: 502, body: "<html>" }),
        "https://login.microsoftonline.com/tenant/v2.0/.well-known/openid-configuration answered 502. Run it again; if it stays so, check the network",
      ],
      [
        "says that the certificate is not trusted",
        () => Promise.reject(new Error("self-signed certificate")),
        "self-signed certificate. Trust the authority's certificate: name its PEM file in NODE_EXTRA_CA_CERTS.",
      ],
      [
        "says that nobody answers, also when axios has only a code to say",
        () => Promise.reject(Object.assign(new Error(""), { code: "ECONNREFUSED" })),
        "openid-configuration: ECONNREFUSED. Check the network, the proxy and the cloud's addresses.",
      ],
      [
        "keeps to what the library said when the authority is well again",
        () => Promise.resolve({ status: 200, body: "{}" }),
        "endpoints_resolution_error: Endpoints cannot be resolved. Check the network",
      ],
    ];
    it.each(answers)("%s", async (_, get, message) => {
      expect((await explain(failure, withSecret, get)).message).toContain(message);
    });
  });
});
