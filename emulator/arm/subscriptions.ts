import type { Subscription } from "../accounts";
import type { Cloud } from "../cloud";
import { hasRoleIn } from "./authorization";
import { answer } from "../message";
import type { Answer, Call } from "../message";

/** Those of the tenant that the caller signed in to, where it has a role. */
export function listSubscriptions(cloud: Cloud, call: Call): Answer {
  const subscriptions = cloud.subscriptions
    .inTenant(call.tenantId)
    .filter((one) => hasRoleIn(cloud, call.principalId, `/subscriptions/${one.subscriptionId}`));
  return answer(200, {
    value: subscriptions.map(render),
    count: { type: "Total", value: subscriptions.length },
  });
}

export function getSubscription(cloud: Cloud, call: Call): Answer {
  return answer(200, render(cloud.subscriptions.find(call.parameters["subscriptionId"]!)!));
}

export function listTenants(_cloud: Cloud, { tenantId }: Call): Answer {
  return answer(200, { value: [{ id: `/tenants/${tenantId}`, tenantId, displayName: "Emulator" }] });
}

/** A few regions for clients that ask; any other name is accepted as well. */
export function listLocations(_cloud: Cloud, call: Call): Answer {
  const regions = {
    westeurope: "West Europe",
    northeurope: "North Europe",
    westus: "West US",
    eastus: "East US",
  };
  const value = Object.entries(regions).map(([name, displayName]) => ({
    id: `/subscriptions/${call.parameters["subscriptionId"]}/locations/${name}`,
    name,
    type: "Region",
    displayName,
    regionalDisplayName: displayName,
    metadata: { regionType: "Physical", regionCategory: "Recommended" },
  }));
  return answer(200, { value });
}

function render({ subscriptionId, displayName, tenantId }: Subscription): Record<string, unknown> {
  return {
    id: `/subscriptions/${subscriptionId}`,
    authorizationSource: "RoleBased",
    managedByTenants: [],
    subscriptionId,
    tenantId,
    displayName,
    state: "Enabled",
    subscriptionPolicies: {
      locationPlacementId: "Public_2014-09-01",
      quotaId: "PayAsYouGo_2014-09-01",
      spendingLimit: "Off",
    },
  };
}
