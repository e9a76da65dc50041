import type { builtInRoles } from "../arm/builtInRoles";

/** A role that the vault's identity needs before it can protect or restore. */
export interface RequiredRole {
  role: keyof typeof builtInRoles;
  scope: string;
}
