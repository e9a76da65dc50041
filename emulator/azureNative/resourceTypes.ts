/** How azure-native names a resource whose name was not given. */
export type AutoNaming =
  /** The logical name and 8 random hexadecimal digits. */
  | "random"
  /** The logical name itself: what azure-native does for resources that live inside another one. */
  | "copy"
  /** A random UUID. */
  | "uuid";

/** What the stand-in knows of one resource type. */
export interface ResourceType {
  /** The resource's id, with the names of inputs in braces; `subscriptionId` comes from the configuration. */
  path: string;
  /** The version that azure-native asks for by default, as the SDK's documentation of the class says. */
  apiVersion: string;
  /** The input that names the resource. */
  nameProperty: string;
  autoNaming: AutoNaming;
  /** Whether the resource has a `location`, which is then filled in where it was not given. */
  located: boolean;
  /** Inputs, besides those in the path, whose change replaces the resource. */
  immutable: readonly string[];
  /**
   * Where given, the SDK shows the members of the body's `properties` beside these, which stand outside `properties`.
   * Where absent, inputs and outputs are shaped like the body.
   */
  outsideProperties?: readonly string[];
  /** Members of `properties` that the SDK calls by another name: SDK name to the service's name. */
  renamed?: Readonly<Record<string, string>>;
}

const group = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
const vault = `${group}/providers/Microsoft.DataProtection/backupVaults/{vaultName}`;
const account = `${group}/providers/Microsoft.Storage/storageAccounts/{accountName}`;

/** Every resource type the stand-in serves, by its Pulumi type token: adding one is one more entry. */
export const resourceTypes: Readonly<Record<string, ResourceType>> = {
  "azure-native:resources:ResourceGroup": {
    path: group,
    apiVersion: "2024-03-01",
    nameProperty: "resourceGroupName",
    autoNaming: "random",
    located: true,
    immutable: ["location"],
  },
  "azure-native:dataprotection:BackupVault": {
    path: vault,
    apiVersion: "2025-01-01",
    nameProperty: "vaultName",
    autoNaming: "random",
    located: true,
    immutable: ["location"],
  },
  "azure-native:dataprotection:BackupPolicy": {
    path: `${vault}/backupPolicies/{backupPolicyName}`,
    apiVersion: "2025-01-01",
    nameProperty: "backupPolicyName",
    autoNaming: "copy",
    located: false,
    immutable: [],
  },
  "azure-native:dataprotection:BackupInstance": {
    path: `${vault}/backupInstances/{backupInstanceName}`,
    apiVersion: "2025-01-01",
    nameProperty: "backupInstanceName",
    autoNaming: "copy",
    located: false,
    immutable: [],
  },
  "azure-native:dataprotection:DppResourceGuardProxy": {
    path: `${vault}/backupResourceGuardProxies/{resourceGuardProxyName}`,
    apiVersion: "2025-01-01",
    nameProperty: "resourceGuardProxyName",
    autoNaming: "copy",
    located: false,
    immutable: [],
  },
  "azure-native:dataprotection:ResourceGuard": {
    path: `${group}/providers/Microsoft.DataProtection/resourceGuards/{resourceGuardsName}`,
    apiVersion: "2025-01-01",
    nameProperty: "resourceGuardsName",
    autoNaming: "random",
    located: true,
    immutable: ["location"],
  },
  "azure-native:managedidentity:UserAssignedIdentity": {
    path: `${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/{resourceName}`,
    apiVersion: "2023-01-31",
    nameProperty: "resourceName",
    autoNaming: "random",
    located: true,
    immutable: ["location"],
    outsideProperties: ["location", "tags"],
  },
  "azure-native:compute:Disk": {
    path: `${group}/providers/Microsoft.Compute/disks/{diskName}`,
    apiVersion: "2024-03-02",
    nameProperty: "diskName",
    autoNaming: "random",
    located: true,
    immutable: ["location", "creationData", "extendedLocation", "zones"],
    outsideProperties: [
      "extendedLocation",
      "location",
      "managedBy",
      "managedByExtended",
      "sku",
      "tags",
      "zones",
    ],
  },
  "azure-native:storage:StorageAccount": {
    path: account,
    apiVersion: "2024-01-01",
    nameProperty: "accountName",
    autoNaming: "random",
    located: true,
    immutable: ["location", "extendedLocation", "isHnsEnabled", "dnsEndpointType"],
    outsideProperties: ["extendedLocation", "identity", "kind", "location", "sku", "tags"],
    renamed: { enableHttpsTrafficOnly: "supportsHttpsTrafficOnly", networkRuleSet: "networkAcls" },
  },
  "azure-native:storage:BlobContainer": {
    path: `${account}/blobServices/default/containers/{containerName}`,
    apiVersion: "2024-01-01",
    nameProperty: "containerName",
    autoNaming: "copy",
    located: false,
    immutable: [],
    outsideProperties: ["etag"],
  },
  "azure-native:authorization:RoleAssignment": {
    path: "/{scope}/providers/Microsoft.Authorization/roleAssignments/{roleAssignmentName}",
    apiVersion: "2022-04-01",
    nameProperty: "roleAssignmentName",
    autoNaming: "uuid",
    located: false,
    immutable: ["principalId", "principalType", "roleDefinitionId", "delegatedManagedIdentityResourceId"],
    outsideProperties: [],
  },
};

/** @throws an `Error` that lists what there is, for a type the stand-in does not serve. */
export function resourceTypeOf(token: string): ResourceType {
  const found = resourceTypes[token];
  if (!found) {
    throw new Error(
      `azure-native stand-in: ${token} is not served, only ${Object.keys(resourceTypes).join(", ")}; ` +
        "with Pulumi's own azure-native plugin it would be",
    );
  }
  return found;
}

/** The names of the inputs that are part of the resource's id. */
export function pathParametersOf({ path }: ResourceType): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name ?? "")
    .filter((name) => name !== "subscriptionId");
}
