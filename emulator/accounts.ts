/** The tenant that the emulator is. */
export const tenantId = "7e57ab1e-0000-4000-8000-00000000000a";
/** The subscription that clients are pointed at, unless an option says otherwise. */
export const subscriptionId = "7e57ab1e-0000-4000-8000-000000000001";
/** A second one in the same tenant, for what crosses subscriptions. */
export const secondSubscriptionId = "7e57ab1e-0000-4000-8000-000000000002";
/** Another tenant, where a Resource Guard may be kept by other people; the same application may sign in there. */
export const otherTenantId = "7e57ab1e-0000-4000-8000-00000000000b";
/** The subscription in the other tenant. */
export const otherTenantSubscriptionId = "7e57ab1e-0000-4000-8000-000000000003";
/** The application that clients sign in as, and its object id in the directory. */
export const clientId = "7e57ab1e-0000-4000-8000-00000000000c";
export const servicePrincipalId = "7e57ab1e-0000-4000-8000-00000000000d";

export interface Subscription {
  subscriptionId: string;
  displayName: string;
  tenantId: string;
}

const tenantIds: readonly string[] = [tenantId, otherTenantId];

/** The tenant of this id, spelled as the emulator does. */
export function findTenantId(id: string): string | undefined {
  return tenantIds.find((known) => known === id.toLowerCase());
}

/** The subscriptions of one emulator. */
export class Subscriptions {
  private readonly known: readonly Subscription[];

  constructor(firstSubscriptionId: string) {
    this.known = [
      { subscriptionId: firstSubscriptionId.toLowerCase(), displayName: "Emulator", tenantId },
      { subscriptionId: secondSubscriptionId, displayName: "Emulator, second", tenantId },
      {
        subscriptionId: otherTenantSubscriptionId,
        displayName: "Emulator, other tenant",
        tenantId: otherTenantId,
      },
    ];
  }

  find(id: string): Subscription | undefined {
    return this.known.find((one) => one.subscriptionId === id.toLowerCase());
  }

  inTenant(id: string): readonly Subscription[] {
    return this.known.filter((one) => one.tenantId === id);
  }
}
