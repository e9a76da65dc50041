import type { Cloud } from "../cloud";
import type { Call } from "../message";
import type { RegistrationState } from "../records/governance";
import type { RegistrationTask } from "../records/task";
import { ArmError } from "./errors";

export const registrationStates: readonly RegistrationState[] = [
  "NotRegistered",
  "Registering",
  "Registered",
  "Unregistering",
  "Unregistered",
];

/** Providers of which every subscription has the use. */
const free = ["microsoft.authorization", "microsoft.resources"];

export function needsRegistration(namespace: string): boolean {
  return !free.includes(namespace.toLowerCase());
}

export function registrationIdOf(subscriptionId: string, namespace: string): string {
  return `/subscriptions/${subscriptionId}/providers/${namespace}`;
}

export function registrationStateOf(cloud: Cloud, registrationId: string): RegistrationState {
  return cloud.registrations.get(registrationId)?.state ?? "Registered";
}

/** Begins to register or unregister, unless that is so already or under way. */
export function beginRegistration(
  cloud: Cloud,
  registrationId: string,
  to: "Registered" | "Unregistered",
): void {
  const from = to === "Registered" ? "Registering" : "Unregistering";
  const isRegistered = registrationStateOf(cloud, registrationId) === "Registered";
  if (isRegistered === (to === "Registered")) {
    return;
  }
  cloud.registrations.put({ id: registrationId, state: from });
  cloud.schedule(cloud.now() + cloud.pace.inMs("registration"), {
    kind: "endRegistration",
    registrationId,
    from,
    to,
  });
}

export function endRegistration(cloud: Cloud, { registrationId, from, to }: RegistrationTask): void {
  if (registrationStateOf(cloud, registrationId) === from) {
    cloud.registrations.put({ id: registrationId, state: to });
  }
}

/**
 * Throws unless the subscription of the path is registered with the resource provider that is asked. That this comes after the
 * caller's rights and before the resource group, and goes for reads and while the registration is under way, is assumed.
 */
export function checkRegistered(cloud: Cloud, { path }: Call): void {
  const [, subscriptionId, namespace] =
    /^\/subscriptions\/([^/]+)(?=\/).*\/providers\/([^/]+)\/(?!(?:un)?register$)(?!.*\/providers\/)/i.exec(
      path,
    ) ?? [];
  if (!subscriptionId || !namespace || !needsRegistration(namespace)) {
    return;
  }
  const id = registrationIdOf(subscriptionId, namespace);
  if (registrationStateOf(cloud, id) !== "Registered") {
    throw missingRegistration(namespace);
  }
}

function missingRegistration(namespace: string): ArmError {
  const code = "MissingSubscriptionRegistration";
  const message =
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to ` +
    "register subscriptions.";
  const body = { error: { code, message, details: [{ code, target: namespace, message }] } };
  return new ArmError(409, code, message, { "x-ms-failure-cause": "gateway" }, body);
}
