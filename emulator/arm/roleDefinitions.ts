import type { Cloud } from "../cloud";
import { answer } from "../message";
import type { Answer, Call } from "../message";
import { allRoles, roleOfGuid, roleOfName } from "./builtInRoles";
import type { BuiltInRole } from "./builtInRoles";
import { ArmError } from "./errors";

export function getRoleDefinition(_cloud: Cloud, call: Call): Answer {
  const guid = call.parameters["name"]!;
  const role = roleOfGuid(guid);
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
  const name = /roleName\s+eq\s+'([^']*)'/i.exec(call.query.get("$filter") ?? "")?.[1];
  const named = name ? roleOfName(name) : undefined;
  const found = name ? (named ? [named] : []) : allRoles();
  return answer(200, { value: found.map((role) => render(role, call.parameters["scope"]!)) });
}

function render(
  { guid, roleName, description, actions, notActions = [] }: BuiltInRole,
  scope: string,
): Record<string, unknown> {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? "";
  return {
    properties: {
      roleName,
      type: "BuiltInRole",
      description,
      assignableScopes: ["/"],
      permissions: [{ actions, notActions, dataActions: [], notDataActions: [] }],
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
