import { randomUUID } from "node:crypto";
import type { Deadline } from "../../provider/azure/http/deadline";
import { ArmError } from "../../provider/azure/http/errors";
import { asRecord, text } from "../../provider/azure/json";
import { parseResourceId } from "../../provider/azure/resourceId";
import type { RestorePlan } from "../../provider/dataProtection/recovery/restorePlan";
import type { Azure } from "../azure";

const [roleApiVersion, vaultApiVersion] = ["2022-04-01", "2025-07-01"];

/** Role assignments that live as long as a restore. */
export interface TemporaryRoles {
  /** ARM ids of those that were made. */
  assignmentIds: string[];
  /** Takes them away again. */
  remove(deadline: Deadline): Promise<void>;
}

/** None. */
export const noRoles: TemporaryRoles = { assignmentIds: [], remove: async () => undefined };

/**
 * Gives the vault's own identity what a restore needs and it does not have. What it has already is left alone, then and later.
 *
 * @param tell - Told the ids of all that was made so far, as soon as one is.
 */
export async function grantTemporarily(
  { service: { client } }: Azure,
  vaultId: string,
  { requiredRoles }: RestorePlan,
  deadline: Deadline,
  tell: (assignmentIds: readonly string[]) => void,
): Promise<TemporaryRoles> {
  const vault = await client.send({ method: "GET", target: vaultId, apiVersion: vaultApiVersion }, deadline);
  const principalId = text(asRecord(asRecord(vault.body).identity).principalId);
  if (principalId === undefined) {
    throw new Error(
      `granting roles for the restore: vault ${vaultId} has no identity of its own; give it one (\`az dataprotection backup-vault ` +
        "update --type SystemAssigned`), or grant the roles by hand to the one that protects",
    );
  }
  const assignmentIds: string[] = [];
  const remove = async (until: Deadline): Promise<void> => {
    for (const target of assignmentIds) {
      await client.send({ method: "DELETE", target, apiVersion: roleApiVersion }, until);
    }
  };
  try {
    for (const { role, scope } of requiredRoles) {
      const target = `${scope}/providers/Microsoft.Authorization/roleAssignments/${randomUUID()}`;
      const subscription = `/subscriptions/${parseResourceId(scope)?.subscriptionId}`;
      const roleDefinitionId = `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${role.roleDefinitionGuid}`;
      const body = { properties: { roleDefinitionId, principalId, principalType: "ServicePrincipal" } };
      const made = await client
        .send({ method: "PUT", target, apiVersion: roleApiVersion, body }, deadline)
        .then(
          () => true,
          (error: unknown) => {
            if (error instanceof ArmError && error.statusCode === 409) {
              return false;
            }
            throw error;
          },
        );
      if (made) {
        assignmentIds.push(target);
        tell(assignmentIds);
      }
    }
  } catch (error) {
    await remove(deadline);
    throw error;
  }
  return { assignmentIds, remove };
}
