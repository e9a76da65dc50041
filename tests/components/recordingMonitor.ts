import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

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
      id: isPreview ? undefined : idOf(type, name),
      state: {
        ...(inputs as Record<string, unknown>),
        ...serviceOutputs(type, inputs as Record<string, unknown>, isPreview),
      },
    }),
    call: ({ token }) => {
      throw new Error(`unexpected call of ${token}`);
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
  declare();
  await pulumi.runtime.disconnect();
  return registrations;
}

/** Ids as azure-native gives them, as far as the components look into them. */
export function idOf(type: string, name: string): string {
  const group = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";
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
  if (type !== "azure-native:dataprotection:BackupVault" || isPreview) {
    return {};
  }
  const identity = inputs.identity as { type: string; userAssignedIdentities?: string[] } | undefined;
  const ids = identity?.userAssignedIdentities ?? [];
  const userAssigned = ids.map((id) => [
    id.toLowerCase(),
    { principalId: "88888888-8888-4888-8888-888888888888" },
  ]);
  return {
    identity: {
      type: "SystemAssigned",
      ...identity,
      principalId: identity?.type === "UserAssigned" ? "" : "99999999-9999-4999-8999-999999999999",
      userAssignedIdentities: Object.fromEntries(userAssigned) as object,
    },
  };
}

function nameIn(urn: string): string {
  const last = urn.split("::").at(-1) ?? "";
  return urn.includes("pulumi:pulumi:Stack") ? "" : last;
}
