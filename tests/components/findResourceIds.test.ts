import { execFile } from "node:child_process";
import path from "node:path";
import type { Emulator } from "../../emulator";
import { startEmulator } from "../../emulator";
import type { ResourceQueryArgs } from "../../components";
import { findResourceIds } from "../../components";
import { signIn } from "../wire/signIn";
import { queryRefusals } from "./refusals/query";

const library = path.resolve(__dirname, "../../dist/components");
const otherSubscriptionId = "22222222-2222-4222-8222-222222222222";

/** A program of its own, as Pulumi starts them: Node reads NODE_EXTRA_CA_CERTS at its start only. */
const program = `
const pulumi = require("@pulumi/pulumi");
const { library, config, queries, providerArgs } = JSON.parse(process.argv[1]);
pulumi.runtime.setAllConfig(config);
pulumi.runtime.setMocks({ newResource: ({ name, inputs }) => ({ id: name, state: inputs }), call: () => ({}) });
const provider = providerArgs && new (require("@pulumi/azure-native").Provider)("mine", providerArgs);
const answerTo = (query) => require(library).findResourceIds(query, { provider }).then(
  (ids) => ({ ids }),
  (error) => ({ message: error.message, isRunError: pulumi.RunError.isInstance(error) }),
);
Promise.all(queries.map(answerTo)).then((answers) => console.log(JSON.stringify(answers)));
`;

interface Answer {
  ids?: string[];
  message?: string;
  isRunError?: boolean;
}

describe("findResourceIds", () => {
  let emulator: Emulator;
  let groupId: string;

  beforeAll(async () => {
    emulator = await startEmulator({ speed: 1_000 });
    const http = await signIn(emulator);
    const put = async (id: string, apiVersion: string, body: object): Promise<void> => {
      await http.put(id, body, { params: { "api-version": apiVersion } });
    };
    groupId = `/subscriptions/${emulator.subscriptionId}/resourceGroups/estate`;
    await put(groupId, "2024-03-01", { location: "westeurope" });
    await put(`/subscriptions/${emulator.subscriptionId}/resourceGroups/other`, "2024-03-01", {
      location: "westeurope",
    });
    const disk = (location: string, tags: object): object => ({
      location,
      tags,
      properties: { diskSizeGB: 4, creationData: { createOption: "Empty" } },
    });
    const disks = `${groupId}/providers/Microsoft.Compute/disks`;
    await put(`${disks}/b`, "2024-03-02", disk("westeurope", { backup: "nightly" }));
    await put(`${disks}/A`, "2024-03-02", disk("westeurope", { Backup: "nightly" }));
    await put(`${disks}/far`, "2024-03-02", disk("North Europe", { backup: "nightly" }));
    await put(`${disks}/quoted`, "2024-03-02", disk("westeurope", { owner: "O'Neill & sons" }));
    await put(
      `${disks.replace("estate", "other")}/c`,
      "2024-03-02",
      disk("westeurope", { backup: "weekly" }),
    );
  });
  afterAll(async () => emulator.stop());

  const findAll = async (
    queries: ResourceQueryArgs[],
    config: Record<string, string> = {},
    providerArgs?: Record<string, string | undefined>,
  ): Promise<Answer[]> =>
    new Promise((resolve, reject) => {
      const parameters = JSON.stringify({ library, queries, config, providerArgs });
      const environment = { ...emulator.environment, PATH: process.env.PATH };
      const options = { env: environment, cwd: library };
      execFile(process.execPath, ["--eval", program, parameters], options, (error, stdout, stderr) =>
        error === null ? resolve(JSON.parse(stdout) as Answer[]) : reject(new Error(stderr)),
      );
    });
  const find = async (query: ResourceQueryArgs, config: Record<string, string> = {}): Promise<Answer> =>
    (await findAll([query], config))[0]!;
  const namesIn = (answer: Answer | undefined): string[] | undefined =>
    answer?.ids?.map((id) => id.slice(id.lastIndexOf("/") + 1));

  it("finds by tag, region and resource group, sorted by id", async () => {
    const queries: Record<string, [query: ResourceQueryArgs, found: string[]]> = {
      "a tag and its value": [{ tag: { name: "backup", value: "nightly" } }, ["A", "b", "far"]],
      "a tag of any value": [{ tag: { name: "backup" } }, ["A", "b", "far", "c"]],
      "a value with quotes": [{ tag: { name: "owner", value: "O'Neill & sons" } }, ["quoted"]],
      "a tag in a region": [{ tag: { name: "backup" }, location: "northeurope" }, ["far"]],
      "a resource group": [{ resourceGroupName: "other" }, ["c"]],
      "a tag in a group": [{ tag: { name: "backup" }, resourceGroupName: "ESTATE" }, ["A", "b", "far"]],
      "nothing where that is fine": [{ tag: { name: "none" }, mayBeEmpty: true }, []],
    };
    const answers = await findAll(Object.values(queries).map(([query]) => query));
    const found = Object.keys(queries).map((what, index) => [what, namesIn(answers[index])]);
    expect(found).toEqual(Object.entries(queries).map(([what, [, names]]) => [what, names]));
  });

  it("asks as an explicit azure-native provider does, whatever the stack's settings are", async () => {
    const caller = emulator.control.addCaller([{ role: "Reader", scopeId: groupId }]);
    const [answer] = await findAll(
      [{ tag: { name: "backup" } }],
      { "azure-native:clientSecret": "wrong" },
      { ...caller },
    );
    expect(namesIn(answer)).toEqual(["A", "b", "far"]);
    const [refused] = await findAll([{ tag: { name: "backup" } }], {}, { ...caller, clientSecret: "wrong" });
    expect(refused?.message).toContain("AADSTS7000215");
  });

  it("reads every page", async () => {
    const disk = (name: string): object => ({ id: `${groupId}/providers/Microsoft.Compute/disks/${name}` });
    const nextLink = `${emulator.url}${groupId}/resources?api-version=2021-04-01&$skiptoken=1000`;
    emulator.control.injectFault({
      match: { path: /\/resources$/ },
      fault: { status: 200, body: { value: [disk("first")], nextLink } },
    });
    emulator.control.injectFault({
      match: { path: /\/resources$/ },
      occurrence: 2,
      fault: { status: 200, body: { value: [disk("second"), disk("FIRST")] } },
    });
    expect(namesIn(await find({ tag: { name: "backup" } }))).toEqual(["FIRST", "second"]);
  });

  it("takes finding nothing for an error: whoever may not read finds nothing either", async () => {
    const { message, isRunError } = await find({ tag: { name: "backup", value: "Nightly" } });
    expect(isRunError).toBe(true);
    expect(message).toBe(
      `finding resources with tag backup=Nightly in subscription ${emulator.subscriptionId}: nothing was found, and an ` +
        "update without these resources would end their protection. Resource Manager shows an identity only what it may " +
        'read: check the query, and that the identity which is signed in has the role "Reader" there; declare ' +
        "mayBeEmpty: true if there may be none",
    );
  });

  it.each<[what: string, query: ResourceQueryArgs, config: Record<string, string>, message: RegExp]>([
    [
      "a group that is not there",
      { resourceGroupName: "none" },
      {},
      /^finding resources in resource group none in subscription .*ResourceGroupNotFound.*\(correlation id /,
    ],
    [
      "a subscription that is not there",
      { tag: { name: "backup" }, subscriptionIds: [otherSubscriptionId] },
      {},
      new RegExp(`in subscription ${otherSubscriptionId}: .*SubscriptionNotFound`),
    ],
    [
      "credentials that are wrong",
      { tag: { name: "backup" } },
      { "azure-native:clientSecret": "wrong" },
      /finding resources with tag backup in subscription .*: authenticating as a Service Principal .*AADSTS7000215/,
    ],
  ])("says what was asked, and why there is no answer: %s", async (_what, query, config, message) => {
    const answer = await find(query, config);
    expect(answer.message).toMatch(message);
    expect(answer.isRunError).toBe(true);
  });

  it("says what the identity needs where it may not ask", async () => {
    const error = { code: "AuthorizationFailed", message: "The client does not have authorization." };
    emulator.control.injectFault({
      match: { path: /\/resources$/ },
      fault: { status: 403, body: { error } },
    });
    const { message } = await find({ tag: { name: "backup" } });
    expect(message).toMatch(
      /403 AuthorizationFailed: .*; give the identity that is signed in the role "Reader" there/,
    );
  });

  it.each(queryRefusals)("refuses a wrong %s without asking", async (property, query) => {
    await expect(findResourceIds(query as ResourceQueryArgs)).rejects.toThrow(
      `declaring findResourceIds: ${property}: `,
    );
  });
});
