import { randomBytes } from "node:crypto";

/** The tenant that the emulator is. */
export const tenantId = "7e57ab1e-0000-4000-8000-00000000000a";
/** The subscription that clients are pointed at. */
export const subscriptionId = "7e57ab1e-0000-4000-8000-000000000001";
/** A second one in the same tenant, for what crosses subscriptions. */
export const secondSubscriptionId = "7e57ab1e-0000-4000-8000-000000000002";
/** The application that clients sign in as, and its object id in the directory. */
export const clientId = "7e57ab1e-0000-4000-8000-00000000000c";
export const servicePrincipalId = "7e57ab1e-0000-4000-8000-00000000000d";

export const subscriptions: readonly { subscriptionId: string; displayName: string }[] = [
  { subscriptionId, displayName: "Emulator" },
  { subscriptionId: secondSubscriptionId, displayName: "Emulator, second" },
];

export function findSubscription(id: string): { subscriptionId: string; displayName: string } | undefined {
  return subscriptions.find((known) => known.subscriptionId === id.toLowerCase());
}

/** A client secret that lives as long as the process. */
export function createClientSecret(): string {
  return randomBytes(24).toString("base64url");
}
