import { findConfiguredCloud, resolveCloud, tokenScope } from "../../../../provider/azure/account/cloud";
import type { HttpGet } from "../../../../provider/azure/http/httpGet";
import { settingsOf } from "./settingsOf";

const customCloud = {
  activeDirectoryAuthorityHost: "https://login.example",
  resourceManagerAudience: "https://audience.example",
  resourceManagerEndpoint: "https://management.example",
};

const metadata = {
  name: "Example",
  resourceManager: "https://management.example/",
  authentication: {
    loginEndpoint: "https://login.example/",
    audiences: ["https://audience.example/", "other"],
  },
};

const refuseToAsk: HttpGet = (url) => Promise.reject(new Error(`${url} was asked`));

function answering(body: string, status = 200): { get: HttpGet; asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    get: (url) => {
      asked.push(url);
      return Promise.resolve({ status, body });
    },
  };
}

describe("cloud", () => {
  const publicNames = ["public", "PUBLIC", "AzureCloud", "azurecloud", "AzurePublicCloud"];
  const governmentNames = ["usgov", "usgovernment", "USGovernment", "usgovernmentl4"];
  const governmentStyles = ["AzureUSGovernment", "azureusgovernment", "AzureUSGovernmentCloud"];
  const named: readonly [names: readonly string[], name: string, authority: string, management: string][] = [
    [publicNames, "AzureCloud", "https://login.microsoftonline.com", "https://management.azure.com"],
    [
      [...governmentNames, ...governmentStyles],
      "AzureUSGovernment",
      "https://login.microsoftonline.us",
      "https://management.usgovcloudapi.net",
    ],
    [
      ["china", "China", "AzureChinaCloud", "azurechinacloud"],
      "AzureChinaCloud",
      "https://login.chinacloudapi.cn",
      "https://management.chinacloudapi.cn",
    ],
  ];
  const cases = named.flatMap(([names, ...cloud]) => names.map((alias) => [alias, ...cloud] as const));

  it.each(cases)("knows %s as %s", async (environment, name, authorityHost, resourceManagerEndpoint) => {
    const cloud = await resolveCloud(settingsOf({ environment }), refuseToAsk);
    const audience = resourceManagerEndpoint;
    expect(cloud).toEqual({ name, authorityHost, resourceManagerEndpoint, audience, custom: false });
    expect(tokenScope(cloud)).toBe(`${audience}/.default`);
  });

  it("is the public one when nothing is configured, and says that nothing is", async () => {
    expect((await resolveCloud(settingsOf({}), refuseToAsk)).name).toBe("AzureCloud");
    expect(await findConfiguredCloud(settingsOf({}), refuseToAsk)).toBeUndefined();
  });

  it("is the public one for an unknown name, as with azure-native", async () => {
    expect((await resolveCloud(settingsOf({ environment: "moon" }), refuseToAsk)).name).toBe("AzureCloud");
  });

  describe("custom", () => {
    it("takes all three addresses, before the metadata host and the name", async () => {
      const settings = settingsOf({
        ...customCloud,
        environment: "china",
        metadataHost: "management.example",
      });
      expect(await resolveCloud(settings, refuseToAsk)).toEqual({
        name: "custom",
        authorityHost: "https://login.example",
        audience: "https://audience.example",
        resourceManagerEndpoint: "https://management.example",
        custom: true,
      });
    });

    it("drops trailing slashes of addresses and keeps the audience as it is", async () => {
      const slashes = Object.fromEntries(
        Object.entries(customCloud).map(([key, value]) => [key, `${value}//`]),
      );
      const cloud = await resolveCloud(settingsOf(slashes), refuseToAsk);
      expect(cloud.authorityHost).toBe("https://login.example");
      expect(cloud.resourceManagerEndpoint).toBe("https://management.example");
      expect(cloud.audience).toBe("https://audience.example//");
    });

    const keys = Object.keys(customCloud) as (keyof typeof customCloud)[];
    const partial = [1, 2, 3, 4, 5, 6].map((bits) => keys.filter((_, index) => bits & (1 << index)));

    it.each(partial.map((present) => [present.join(" and "), present] as const))(
      "refuses %s alone, naming what is missing by key and variable",
      async (_, present) => {
        const settings = settingsOf(Object.fromEntries(present.map((key) => [key, customCloud[key]])));
        const message = await resolveCloud(settings, refuseToAsk).then(
          String,
          (error: Error) => error.message,
        );
        const before = message.split(" must be set too")[0];
        for (const key of keys) {
          const variable = `ARM_${key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
          expect(before?.includes(`azure-native:${key} (${variable})`)).toBe(!present.includes(key));
        }
      },
    );
  });

  describe("addresses", () => {
    const loopback = [
      "localhost",
      "localhost:8443",
      "127.0.0.1:1",
      "127.255.3.4",
      "127.1",
      "[::1]:8443",
      "LOCALHOST",
    ];
    it.each(loopback)("accepts plain http for %s", async (host) => {
      const settings = settingsOf({ ...customCloud, resourceManagerEndpoint: `http://${host}` });
      expect((await resolveCloud(settings)).resourceManagerEndpoint).toBe(`http://${host}`);
    });

    const elsewhere = [
      "management.example",
      "10.0.0.1",
      "128.0.0.1",
      "localhost.example",
      "127.0.0.1.example",
      "localhost@management.example",
      "[::2]",
      "0.0.0.0",
    ];
    it.each(elsewhere)("refuses plain http for %s", async (host) => {
      const endpoint = settingsOf({ ...customCloud, resourceManagerEndpoint: `http://${host}` });
      await expect(resolveCloud(endpoint)).rejects.toThrow("azure-native:resourceManagerEndpoint");
      const authority = settingsOf({ ...customCloud, activeDirectoryAuthorityHost: `http://${host}` });
      await expect(resolveCloud(authority)).rejects.toThrow("plain http is accepted for localhost only");
    });

    it.each(["management.example", "ftp://management.example", "localhost:8443"])(
      "refuses %s",
      async (address) => {
        const settings = settingsOf({ ...customCloud, resourceManagerEndpoint: address });
        await expect(resolveCloud(settings)).rejects.toThrow("Write it as https://<host>.");
      },
    );
  });

  describe("metadata host", () => {
    it("is asked for the endpoints, before the name is looked at", async () => {
      const { get, asked } = answering(JSON.stringify(metadata));
      const settings = settingsOf({ metadataHost: "management.example", environment: "china" });
      expect(await resolveCloud(settings, get)).toEqual({
        name: "Example",
        authorityHost: "https://login.example",
        resourceManagerEndpoint: "https://management.example",
        audience: "https://audience.example/",
        custom: true,
      });
      expect(asked).toEqual(["https://management.example/metadata/endpoints?api-version=2022-09-01"]);
    });

    it("may be an address, and its answer may begin with a byte order mark", async () => {
      const { get, asked } = answering(`\uFEFF${JSON.stringify(metadata)}`);
      await resolveCloud(settingsOf({ metadataHost: "http://127.0.0.1:8443/" }), get);
      expect(asked).toEqual(["http://127.0.0.1:8443/metadata/endpoints?api-version=2022-09-01"]);
    });

    it("is refused over plain http, without being asked", async () => {
      const settings = settingsOf({ metadataHost: "http://management.example" });
      await expect(resolveCloud(settings, refuseToAsk)).rejects.toThrow("azure-native:metadataHost");
    });

    const { authentication, ...unauthenticated } = metadata;
    const insecure = {
      ...metadata,
      authentication: { ...authentication, loginEndpoint: "http://login.example" },
    };
    const faults: readonly [string, { get: HttpGet }, string][] = [
      ["cannot be reached", { get: refuseToAsk }, "was asked"],
      ["answers 404", answering("{}", 404), "expected 200 OK but got 404"],
      ["answers no JSON", answering("<html>"), "the answer is not JSON"],
      ["answers null", answering("null"), "the answer lacks"],
      ["leaves the authentication out", answering(JSON.stringify(unauthenticated)), "the answer lacks"],
      [
        "has no audience",
        answering(JSON.stringify({ ...metadata, authentication: { audiences: [] } })),
        "lacks",
      ],
      [
        "names a login over plain http",
        answering(JSON.stringify(insecure)),
        "authentication.loginEndpoint of https:",
      ],
    ];
    it.each(faults)("is an error when it %s", async (_, { get }, message) => {
      await expect(resolveCloud(settingsOf({ metadataHost: "management.example" }), get)).rejects.toThrow(
        message,
      );
    });
  });
});
