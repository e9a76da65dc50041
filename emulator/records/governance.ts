import type { LockLevel } from "../arm/lockLevel";

export interface RoleAssignment {
  id: string;
  name: string;
  scope: string;
  roleDefinitionId: string;
  principalId: string;
  principalType: string;
  /** Milliseconds since the epoch; the assignment counts a propagation delay later. */
  createdAt: number;
  /** The object id of whoever made it. */
  createdBy: string;
  optional: { description: unknown; condition: unknown; conditionVersion: unknown };
}

/** A lock that somebody put on a scope; it holds for all that lies below. */
export interface ManagementLock {
  id: string;
  scope: string;
  level: LockLevel;
  notes?: string;
}

/** An assignment of Azure Policy: groups and resources below a scope must have a tag. */
export interface TagDemand {
  id: string;
  scope: string;
  tagName: string;
}

/** How far a subscription is with a resource provider: requests are answered while it is `Registered`. */
export type RegistrationState =
  "NotRegistered" | "Registering" | "Registered" | "Unregistering" | "Unregistered";

/** Of a subscription with a resource provider, by the provider's id in it; those that are not noted are registered. */
export interface Registration {
  id: string;
  state: RegistrationState;
}
