import type { JsonObject } from "../arm/requestBody";

export interface ResourceGroup {
  id: string;
  name: string;
  type: "Microsoft.Resources/resourceGroups";
  location: string;
  tags?: Record<string, string>;
  properties: { provisioningState: string };
}

/** A deletion in progress or done: what its Location answers about. */
export interface ResourceGroupDeletion {
  id: string;
  resourceGroupName: string;
  state: "running" | "done" | "failed";
  blockingResourceIds: string[];
}

export interface Disk {
  id: string;
  name: string;
  type: "Microsoft.Compute/disks";
  location: string;
  tags?: Record<string, string>;
  sku: JsonObject;
  zones?: unknown;
  properties: JsonObject;
}

export interface StorageAccount {
  id: string;
  name: string;
  type: "Microsoft.Storage/storageAccounts";
  location: string;
  tags?: Record<string, string>;
  sku: JsonObject;
  kind: string;
  properties: JsonObject;
}

/** Settings of an account's blob service, once somebody has put them. */
export interface BlobService {
  id: string;
  properties: JsonObject;
}

export interface BlobContainer {
  id: string;
  name: string;
  type: "Microsoft.Storage/storageAccounts/blobServices/containers";
  etag: string;
  properties: JsonObject;
}

export interface UserAssignedIdentity {
  id: string;
  name: string;
  type: "Microsoft.ManagedIdentity/userAssignedIdentities";
  location: string;
  tags?: Record<string, string>;
  properties: { tenantId: string; principalId: string; clientId: string };
}
