import { randomUUID } from "node:crypto";
import { tenantId } from "../accounts";
import { badRequest } from "../arm/errors";
import { isObject, property, textProperty } from "../arm/requestBody";
import { sameId } from "../arm/resourceId";
import type { Cloud } from "../cloud";
import type { VaultIdentity } from "../records/vault";
import type { InstanceSpec } from "./instanceSpec";

/** What a PUT or PATCH makes of a vault's identity; the system-assigned one keeps its principal. */
export function readIdentity(
  cloud: Cloud,
  identity: unknown,
  existing: VaultIdentity | undefined,
): VaultIdentity | undefined {
  const type = textProperty(identity, "type");
  if (!type || type.toLowerCase() === "none") {
    return undefined;
  }
  const userAssigned = /UserAssigned/i.test(type) ? readUserAssigned(cloud, identity) : [];
  if (!/SystemAssigned/i.test(type)) {
    return { type, userAssigned };
  }
  const principalId = existing?.principalId ?? randomUUID();
  cloud.principalIds.add(principalId);
  return { type, principalId, userAssigned };
}

function readUserAssigned(cloud: Cloud, identity: unknown): VaultIdentity["userAssigned"] {
  const asked = property(identity, "userAssignedIdentities");
  const ids = isObject(asked) ? Object.keys(asked).filter((id) => asked[id] !== null) : [];
  return ids.map((id) => {
    const found = cloud.userAssignedIdentities.get(id);
    if (!found) {
      throw badRequest(
        "FailedIdentityOperation",
        `Identity operation failed with error 'Failed to perform resource identity operation': resource '${id}' was not found.`,
      );
    }
    const { principalId, clientId } = found.properties;
    return { id, principalId, clientId };
  });
}

export function renderIdentity({ type, principalId, userAssigned }: VaultIdentity): Record<string, unknown> {
  return {
    type,
    ...(principalId ? { principalId, tenantId } : {}),
    ...(userAssigned.length > 0
      ? {
          userAssignedIdentities: Object.fromEntries(
            userAssigned.map(({ id, ...principal }) => [id, principal]),
          ),
        }
      : {}),
  };
}

/** The ARM id of the user-assigned identity that an instance asks for; without one the vault's own is meant. */
export function userAssignedIdentityOf({ identityDetails }: InstanceSpec): string | undefined {
  return property(identityDetails, "useSystemAssignedIdentity") === true
    ? undefined
    : textProperty(identityDetails, "userAssignedIdentityArmUrl") || undefined;
}

/** The principal that protects an instance, if the vault has that identity. */
export function principalIdFor(identity: VaultIdentity | undefined, spec: InstanceSpec): string | undefined {
  const asked = userAssignedIdentityOf(spec);
  return asked === undefined
    ? identity?.principalId
    : identity?.userAssigned.find(({ id }) => sameId(id, asked))?.principalId;
}
