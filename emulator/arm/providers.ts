import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { dataProtectionVersions } from "./apiVersions";
import { ArmError } from "./errors";

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

export function listProviders(_cloud: Cloud, call: Call): Answer {
  return answer(200, { value: namespaces.map((namespace) => render(namespace, call)) });
}

/** All providers are registered from the start; registering one again says the same. */
export function getProvider(_cloud: Cloud, call: Call): Answer {
  const asked = call.parameters["namespace"]!;
  const namespace = namespaces.find((known) => known.toLowerCase() === asked.toLowerCase());
  if (!namespace) {
    throw new ArmError(404, "InvalidResourceNamespace", `The resource namespace '${asked}' is invalid.`);
  }
  return answer(200, render(namespace, call));
}

function render(namespace: string, call: Call): Record<string, unknown> {
  return {
    id: `/subscriptions/${call.parameters["subscriptionId"]}/providers/${namespace}`,
    namespace,
    registrationPolicy: "RegistrationRequired",
    registrationState: "Registered",
    resourceTypes: resourceTypes[namespace]!.map((resourceType) => ({
      resourceType,
      locations,
      apiVersions: defaultVersions[namespace],
      capabilities: "None",
    })),
  };
}
