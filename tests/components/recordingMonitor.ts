import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

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
      state: { ...(inputs as Record<string, unknown>), ...serviceOutputs(type, isPreview) },
    }),
    call: ({ token }) => {
      throw new Error(`unexpected call of ${token}`);
    },
  };
  const registrations = new Map<string, Registration>();
  class RecordingMonitor extends MockMonitor {
    override async registerResource(
      ...[request, callback]: Parameters<MockMonitor["registerResource"]>
    ): Promise<void> {
      registrations.set(request.getName(), {
        type: request.getType(),
        name: request.getName(),
        inputs: (request.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>,
        parent: nameIn(request.getParent()),
        dependencies: (request.getDependenciesList() as string[]).map(nameIn),
        provider: nameIn(String(request.getProvider()).replace(/::[^:]*$/, "")),
      });
      await super.registerResource(request, callback);
    }
  }
  await pulumi.runtime.setMocks(mocks, "project", "stack", isPreview);
  pulumi.runtime.setMockOptions(new RecordingMonitor(mocks), "project", "stack", isPreview);
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

function serviceOutputs(type: string, isPreview: boolean): Record<string, unknown> {
  return type === "azure-native:dataprotection:BackupVault" && !isPreview
    ? { identity: { type: "SystemAssigned", principalId: "99999999-9999-4999-8999-999999999999" } }
    : {};
}

function nameIn(urn: string): string {
  const last = urn.split("::").at(-1) ?? "";
  return urn.includes("pulumi:pulumi:Stack") ? "" : last;
}
