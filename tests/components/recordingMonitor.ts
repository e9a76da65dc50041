import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/** The subscription that azure-native's default provider is configured for, and that of a provider named `elsewhere`. */
export const subscriptionId = "11111111-1111-4111-8111-111111111111";
export const otherSubscriptionId = "22222222-2222-4222-8222-222222222222";

/** Principals of a vault's own identity, and of its user-assigned ones. */
export const principalId = "99999999-9999-4999-8999-999999999999";
export const userAssignedPrincipalId = "88888888-8888-4888-8888-888888888888";

/** A resource as it was registered with the engine. */
export interface Registration {
  type: string;
  name: string;
  /** Inputs with plain values; what is not known in a preview is missing. */
  inputs: Record<string, unknown>;
  /** Logical name of the parent; empty at the top. */
  parent: string;
  /** Logical names of what it depends on. */
  dependencies: string[];
  /** Logical name of the provider resource, if one was given. */
  provider: string;
  /** Logical name of the resource whose deletion deletes it, if there is one. */
  deletedWith: string;
}

/**
 * Runs a declaration against the SDK's mock engine, and returns all that it registered by logical name. In a preview no
 * resource has an id, as with the real engine.
 */
export async function registrationsOf(
  declare: () => void,
  { isPreview = false } = {},
): Promise<Map<string, Registration>> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs }) => ({
      id: isPreview ? undefined : idOf(type, name, inputs as Record<string, unknown>),
      state: {
        ...(inputs as Record<string, unknown>),
        ...serviceOutputs(type, inputs as Record<string, unknown>, isPreview),
      },
    }),
    call: ({ token, provider = "" }) => {
      if (token !== "azure-native:authorization:getClientConfig") {
        throw new Error(`unexpected call of ${token}`);
      }
      return { subscriptionId: provider.includes("elsewhere") ? otherSubscriptionId : subscriptionId };
    },
  };
  const registrations = new Map<string, Registration>();
  await pulumi.runtime.setMocks(mocks, "project", "stack", isPreview);
  // In the place of its own method: another monitor would be one that supports none of the engine's newer options.
  const monitor = pulumi.runtime.getMonitor() as unknown as MockMonitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = async (request, callback) => {
    registrations.set(request.getName(), {
      type: request.getType(),
      name: request.getName(),
      inputs: (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
      parent: nameIn(request.getParent()),
      dependencies: (request.getDependenciesList() as string[]).map(nameIn),
      provider: nameIn(String(request.getProvider()).replace(/::[^:]*$/, "")),
      deletedWith: nameIn(request.getDeletedwith()),
    });
    await register(request, callback);
  };
  try {
    declare();
  } finally {
    // What was declared before a failure is still on its way.
    await pulumi.runtime.disconnect();
  }
  return registrations;
}

/** The inputs of a resource by its logical name; none when it was not registered. */
export function inputsOf(registrations: Map<string, Registration>, name: string): Record<string, unknown> {
  return registrations.get(name)?.inputs ?? {};
}

/**
 * Name, type, parent and scope of all that was registered but providers, sorted by name: independent ones are registered in any
 * order. The scope is what a role is assigned on, what a resource lies in, or what an instance protects.
 */
export function childrenOf(registrations: Map<string, Registration>): Child[] {
  return [...registrations.values()]
    .filter(({ type }) => !type.startsWith("pulumi:providers:"))
    .map(({ name, type, parent, inputs }): Child => [name, type, parent, scopeOf(inputs)])
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** A resource below a component. */
export type Child = [name: string, type: string, parent: string, scope: string];

function scopeOf({ resourceId = "", datasource }: Record<string, unknown>): string {
  const { diskId, storageAccountId } = (datasource ?? {}) as Record<string, string>;
  return diskId ?? storageAccountId ?? String(resourceId).replace(/(\/providers\/[^/]+)?\/[^/]+\/[^/]+$/, "");
}

/** Ids as the providers give them: ours as declared, azure-native's as far as the components look into them. */
export function idOf(type: string, name: string, { resourceId }: Record<string, unknown> = {}): string {
  const group = `/subscriptions/${subscriptionId}/resourceGroups`;
  if (typeof resourceId === "string") {
    return resourceId;
  }
  return type === "azure-native:resources:ResourceGroup"
    ? `${group}/${name}`
    : `${group}/estate/providers/${type.split(":").slice(1).join("/")}/${name}`;
}

/** What the service adds to a vault, as far as the components look into it. */
function serviceOutputs(
  type: string,
  inputs: Record<string, unknown>,
  isPreview: boolean,
): Record<string, unknown> {
  if (!type.endsWith(":BackupVault") || isPreview) {
    return {};
  }
  const identity = inputs.identity as { type: string; userAssignedIdentities?: object } | undefined;
  const given = identity?.userAssignedIdentities ?? [];
  // azure-native takes a list where Resource Manager takes an object.
  const ids = Array.isArray(given) ? (given as string[]) : Object.keys(given);
  const userAssigned = ids.map((id) => [id.toLowerCase(), { principalId: userAssignedPrincipalId }]);
  const principals = {
    type: "SystemAssigned",
    ...identity,
    principalId: identity?.type === "UserAssigned" ? "" : principalId,
    userAssignedIdentities: Object.fromEntries(userAssigned) as object,
  };
  return type.startsWith("azure-native:") ? { identity: principals } : { principals };
}

function nameIn(urn: string): string {
  const last = urn.split("::").at(-1) ?? "";
  return urn.includes("pulumi:pulumi:Stack") ? "" : last;
}
