import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { ArmError } from "./errors";
import { nameOf } from "./resourceId";

interface RoleDefinition {
  guid: string;
  roleName: string;
  description: string;
  actions: string[];
}

/** The built-in roles of facts section 5, and the general ones that people try instead. */
export const roles = {
  diskBackupReader: {
    guid: "3e5e47e6-65f7-47ef-90b5-e5dd4d455f24",
    roleName: "Disk Backup Reader",
    description: "Provides permission to backup vault to perform disk backup.",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Compute/disks/read",
      "Microsoft.Compute/disks/beginGetAccess/action",
    ],
  },
  diskSnapshotContributor: {
    guid: "7efff54f-a5b4-42b5-a1c5-5411624893ce",
    roleName: "Disk Snapshot Contributor",
    description: "Provides permission to backup vault to manage disk snapshots.",
    actions: ["Microsoft.Authorization/*/read", "Microsoft.Compute/snapshots/*"],
  },
  diskRestoreOperator: {
    guid: "b50d9833-a0cb-478e-945f-707fcc997c13",
    roleName: "Disk Restore Operator",
    description: "Provides permission to backup vault to perform disk restore.",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Compute/disks/write",
      "Microsoft.Compute/disks/read",
    ],
  },
  storageAccountBackupContributor: {
    guid: "e5e2a7ff-d759-4cd2-bb51-3152d37e2eb1",
    roleName: "Storage Account Backup Contributor",
    description: "Lets you perform backup and restore operations using Azure Backup on the storage account.",
    actions: [
      "Microsoft.Authorization/*/read",
      "Microsoft.Authorization/locks/*",
      "Microsoft.Storage/storageAccounts/*",
    ],
  },
  reader: {
    guid: "acdd72a7-3385-48ef-bd42-f606fba81ae7",
    roleName: "Reader",
    description: "View all resources, but does not allow you to make any changes.",
    actions: ["*/read"],
  },
  contributor: {
    guid: "b24988ac-6180-42a0-ab88-20f7382dd24c",
    roleName: "Contributor",
    description: "Grants full access to manage all resources, but does not allow you to assign roles.",
    actions: ["*"],
  },
  owner: {
    guid: "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
    roleName: "Owner",
    description: "Grants full access to manage all resources, including the ability to assign roles.",
    actions: ["*"],
  },
} satisfies Record<string, RoleDefinition>;

export function isKnownRole(roleDefinitionId: string): boolean {
  return Object.values(roles).some(({ guid }) => guid === nameOf(roleDefinitionId).toLowerCase());
}

export function getRoleDefinition(_cloud: Cloud, call: Call): Answer {
  const guid = call.parameters["name"]!;
  const role = Object.values(roles).find((known) => known.guid === guid.toLowerCase());
  if (!role) {
    throw new ArmError(
      404,
      "RoleDefinitionDoesNotExist",
      `The specified role definition with ID '${guid.replace(/-/g, "")}' does not exist.`,
    );
  }
  return answer(200, render(role, call.parameters["scope"]!));
}

/** All roles, or with `$filter=roleName eq '...'` the one of that name. */
export function listRoleDefinitions(_cloud: Cloud, call: Call): Answer {
  const name = /roleName\s+eq\s+'([^']*)'/i.exec(call.query.get("$filter") ?? "")?.[1]?.toLowerCase();
  const found = Object.values(roles).filter((role) => !name || role.roleName.toLowerCase() === name);
  return answer(200, { value: found.map((role) => render(role, call.parameters["scope"]!)) });
}

function render(
  { guid, roleName, description, actions }: RoleDefinition,
  scope: string,
): Record<string, unknown> {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? "";
  return {
    properties: {
      roleName,
      type: "BuiltInRole",
      description,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions: [], dataActions: [], notDataActions: [] }],
      createdOn: "2021-01-01T00:00:00.0000000Z",
      updatedOn: "2021-01-01T00:00:00.0000000Z",
      createdBy: null,
      updatedBy: null,
    },
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    type: "Microsoft.Authorization/roleDefinitions",
    name: guid,
  };
}
