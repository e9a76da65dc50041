import { randomUUID } from "node:crypto";
import type { Cloud } from "../cloud";
import type { Call } from "../message";
import type { TagDemand } from "../records/governance";
import { ArmError } from "./errors";
import { isObject, property } from "./requestBody";
import type { JsonObject } from "./requestBody";
import { isWithin, nameOf } from "./resourceId";

export function tagDemandOn(scope: string, tagName: string): TagDemand {
  const assignments = `${scope.replace(/\/+$/, "")}/providers/Microsoft.Authorization/policyAssignments`;
  return { id: `${assignments}/${randomUUID().slice(0, 24)}`, scope, tagName };
}

/** Azure Policy's built-in definitions that demand a tag. */
const definitions = {
  group: { name: "Require a tag on resource groups", guid: "96670d01-0a4d-4649-9c89-2d3abc0a5025" },
  resource: { name: "Require a tag on resources", guid: "871b6d14-10aa-478d-b590-94f262ecfa99" },
} as const;

const isGroup = (path: string): boolean => /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+$/i.test(path);

/** Only what has tags and a region by itself is judged, so that parts of vaults and accounts are not. */
const isResource = (path: string): boolean =>
  /\/resourceGroups\/[^/]+\/providers\/(?!Microsoft\.Authorization\/)[^/]+\/[^/]+\/[^/]+$/i.test(path);

/**
 * Throws what Azure Policy answers to a group or a resource without the tags that are demanded of it.
 *
 * @param read - What is at the path now; undefined where there is nothing.
 */
export function checkTagDemands(cloud: Cloud, call: Call, read: () => unknown): void {
  const { method, path, body } = call;
  const kind = isGroup(path) ? "group" : isResource(path) ? "resource" : undefined;
  const demands = cloud.tagDemands.all().filter(({ scope }) => isWithin(path, scope));
  if (!kind || demands.length === 0 || (method !== "PUT" && method !== "PATCH")) {
    return;
  }
  const before = method === "PATCH" ? property(read(), "tags") : undefined;
  const after = property(body, "tags") ?? before;
  const tagNames = isObject(after) ? Object.keys(after).map((name) => name.toLowerCase()) : [];
  const broken = demands.filter(({ tagName }) => !tagNames.includes(tagName.toLowerCase()));
  if (broken.length > 0) {
    throw disallowed(path, kind, broken);
  }
}

/** The sentence and shape of terraform-provider-azurerm issues and Microsoft's article "RequestDisallowedByPolicy error". */
function disallowed(path: string, kind: keyof typeof definitions, demands: readonly TagDemand[]): ArmError {
  const code = "RequestDisallowedByPolicy";
  const { name, guid } = definitions[kind];
  const policyDefinitionId = `/providers/Microsoft.Authorization/policyDefinitions/${guid}`;
  const identifiers = demands.map(({ id }) => ({
    policyAssignment: { name, id },
    policyDefinition: { name, id: policyDefinitionId },
  }));
  const target = nameOf(path);
  const message = `Resource '${target}' was disallowed by policy. Policy identifiers: '${JSON.stringify(identifiers)}'.`;
  const additionalInfo: JsonObject[] = demands.map(({ id, tagName, scope }) => ({
    type: "PolicyViolation",
    info: {
      policyDefinitionDisplayName: name,
      policyDefinitionEffect: "deny",
      policyDefinitionId,
      policyDefinitionName: guid,
      policyAssignmentDisplayName: name,
      policyAssignmentId: id,
      policyAssignmentName: nameOf(id),
      policyAssignmentScope: scope,
      policyAssignmentParameters: { tagName: { value: tagName } },
    },
  }));
  const headers = { "x-ms-failure-cause": "gateway" };
  return new ArmError(403, code, message, headers, { error: { code, target, message, additionalInfo } });
}
