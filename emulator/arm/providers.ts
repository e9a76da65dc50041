import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { dataProtectionVersions } from "./apiVersions";
import { ArmError } from "./errors";
import { beginRegistration, needsRegistration, registrationIdOf, registrationStateOf } from "./registrations";

const locations = ["West Europe", "North Europe", "West US", "East US", "Central US EUAP"];

const resourceTypes: Record<string, readonly string[]> = {
  "Microsoft.Authorization": ["roleAssignments", "roleDefinitions", "locks"],
  "Microsoft.Compute": ["disks"],
  "Microsoft.DataProtection": ["backupVaults", "resourceGuards", "operations", "locations"],
  "Microsoft.ManagedIdentity": ["userAssignedIdentities"],
  "Microsoft.Resources": ["resourceGroups", "subscriptions"],
  "Microsoft.Storage": [
    "storageAccounts",
    "storageAccounts/blobServices",
    "storageAccounts/blobServices/containers",
  ],
};

/** The resource providers that the emulator has something of. */
const namespaces = Object.keys(resourceTypes);

const defaultVersions: Record<string, readonly string[]> = {
  "Microsoft.Authorization": ["2022-04-01", "2020-04-01-preview"],
  "Microsoft.Compute": ["2024-03-02", "2023-04-02", "2022-03-02"],
  "Microsoft.DataProtection": dataProtectionVersions,
  "Microsoft.ManagedIdentity": ["2024-11-30", "2023-01-31"],
  "Microsoft.Resources": ["2024-03-01", "2021-04-01"],
  "Microsoft.Storage": ["2024-01-01", "2023-05-01", "2022-09-01"],
};

/** The resource provider of this name, spelled as Azure does, if the emulator has something of it. */
export function findNamespace(name: string): string | undefined {
  return namespaces.find((known) => known.toLowerCase() === name.toLowerCase());
}

export function listProviders(cloud: Cloud, call: Call): Answer {
  return answer(200, { value: namespaces.map((namespace) => render(cloud, namespace, call)) });
}

export function getProvider(cloud: Cloud, call: Call): Answer {
  return answer(200, render(cloud, namespaceOf(call), call));
}

export function registerProvider(cloud: Cloud, call: Call): Answer {
  return register(cloud, call, "Registered");
}

/** That resources of the provider do not stand in the way is assumed. */
export function unregisterProvider(cloud: Cloud, call: Call): Answer {
  return register(cloud, call, "Unregistered");
}

function register(cloud: Cloud, call: Call, to: "Registered" | "Unregistered"): Answer {
  const namespace = namespaceOf(call);
  if (needsRegistration(namespace)) {
    beginRegistration(cloud, registrationIdOf(call.parameters["subscriptionId"]!, namespace), to);
  }
  return answer(200, render(cloud, namespace, call));
}

function namespaceOf(call: Call): string {
  const asked = call.parameters["namespace"]!;
  const namespace = findNamespace(asked);
  if (!namespace) {
    throw new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${asked}' is invalid.`);
  }
  return namespace;
}

function render(cloud: Cloud, namespace: string, call: Call): Record<string, unknown> {
  const id = registrationIdOf(call.parameters["subscriptionId"]!, namespace);
  return {
    id,
    namespace,
    registrationPolicy: needsRegistration(namespace) ? "RegistrationRequired" : "RegistrationFree",
    registrationState: registrationStateOf(cloud, id),
    resourceTypes: resourceTypes[namespace]!.map((resourceType) => ({
      resourceType,
      locations,
      apiVersions: defaultVersions[namespace],
      capabilities: "None",
    })),
  };
}
