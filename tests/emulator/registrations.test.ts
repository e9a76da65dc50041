import { otherTenantSubscriptionId, secondSubscriptionId } from "../../emulator";
import type { RegistrationState } from "../../emulator";
import { Landscape } from "./landscape";

describe("resource providers of a fresh subscription", () => {
  let landscape: Landscape;
  let subscription: string;

  beforeEach(async () => {
    landscape = await Landscape.start();
    subscription = `/subscriptions/${landscape.emulator.subscriptionId}`;
  });
  afterEach(() => landscape.stop());

  const stateOf = async (namespace: string, of = subscription): Promise<string> =>
    (await landscape.client.get(`${of}/providers/${namespace}`)).body.registrationState as string;

  const requests: [string, string, (place: Landscape) => string][] = [
    ["GET", "Microsoft.DataProtection", ({ vaultId }) => vaultId],
    ["PUT", "Microsoft.DataProtection", ({ vaultId }) => `${vaultId}/backupInstances/data-1`],
    ["POST", "Microsoft.DataProtection", ({ vaultId }) => `${vaultId}/validateForBackup`],
    ["DELETE", "Microsoft.DataProtection", ({ vaultId }) => `${vaultId}/backupInstances/data-1`],
    [
      "GET",
      "Microsoft.DataProtection",
      ({ diskId }) => `${diskId}/providers/Microsoft.DataProtection/backupInstances`,
    ],
    [
      "PUT",
      "Microsoft.DataProtection",
      ({ groupId }) => `${groupId}-9/providers/Microsoft.DataProtection/backupVaults/v`,
    ],
    ["GET", "Microsoft.Compute", ({ diskId }) => diskId],
    ["PUT", "Microsoft.Storage", ({ accountId }) => accountId],
  ];

  it.each(requests)("refuses %s of %s until it is registered", async (method, namespace, pathOf) => {
    landscape.emulator.control.setRegistration(namespace, "NotRegistered");
    const body = method === "GET" || method === "DELETE" ? undefined : {};
    const ask = () => landscape.client.call(method, pathOf(landscape), body);
    const code = "MissingSubscriptionRegistration";
    const message =
      `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to ` +
      "register subscriptions.";
    const refused = {
      status: 409,
      body: { error: { code, message, details: [{ code, target: namespace, message }] } },
    };
    expect(await ask()).toMatchObject(refused);
    expect(await stateOf(namespace)).toBe("NotRegistered");

    const registered = await landscape.client.post(`${subscription}/providers/${namespace}/register`);
    expect([registered.status, registered.body.registrationState]).toEqual([200, "Registering"]);
    landscape.passInSeconds(29);
    expect(await ask()).toMatchObject(refused);
    landscape.passInSeconds(2);
    expect(await stateOf(namespace)).toBe("Registered");
    expect((await ask()).body?.error?.code).not.toBe(code);
  });

  it("leaves other providers, groups, roles and subscriptions alone", async () => {
    landscape.emulator.control.setRegistration("microsoft.dataprotection", "NotRegistered");
    expect((await landscape.client.get(landscape.groupId)).status).toBe(200);
    expect((await landscape.client.get(landscape.diskId)).status).toBe(200);
    expect((await landscape.assign("diskBackupReader", landscape.diskId)).status).toBe(201);
    expect(await stateOf("Microsoft.DataProtection", `/subscriptions/${secondSubscriptionId}`)).toBe(
      "Registered",
    );
  });

  it("can be registered in another subscription", async () => {
    landscape.emulator.control.setRegistration("Microsoft.Compute", "Unregistered", secondSubscriptionId);
    expect(await stateOf("Microsoft.Compute")).toBe("Registered");
    expect(await stateOf("Microsoft.Compute", `/subscriptions/${secondSubscriptionId}`)).toBe("Unregistered");
  });

  it("is unregistered too, and registered for good where it is free or registered already", async () => {
    const post = async (path: string): Promise<string> =>
      (await landscape.client.post(`${subscription}/providers/${path}`)).body.registrationState as string;
    expect(await post("Microsoft.Compute/register")).toBe("Registered");
    expect(await post("Microsoft.Authorization/unregister")).toBe("Registered");
    expect(await post("Microsoft.Compute/unregister")).toBe("Unregistering");
    landscape.passInSeconds(30);
    expect(await stateOf("Microsoft.Compute")).toBe("Unregistered");
    expect(await post("Microsoft.Compute/register")).toBe("Registering");
  });

  it("takes providers, states and subscriptions that there are", () => {
    const { control } = landscape.emulator;
    expect(() => control.setRegistration("Microsoft.Sql", "Registered")).toThrow(
      "There is no resource provider Microsoft.Sql",
    );
    expect(() => control.setRegistration("Microsoft.Resources", "NotRegistered")).toThrow(
      "no resource provider Microsoft.Resources",
    );
    expect(() => control.setRegistration("Microsoft.Compute", "Gone" as RegistrationState)).toThrow(
      "The state must be one of NotRegistered",
    );
    expect(() => control.setRegistration("Microsoft.Compute", "Registered", "9")).toThrow(
      "There is no subscription 9.",
    );
    expect(() =>
      control.setRegistration("Microsoft.Compute", "Registered", otherTenantSubscriptionId),
    ).not.toThrow();
  });
});
