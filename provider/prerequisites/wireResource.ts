import type { Seen } from "../dataProtection/seen";

/** A resource as Resource Manager shows it, as far as it is looked into; what else it holds is sent back as it came. */
export interface WireResource {
  id?: string;
  location?: string;
  identity?: Record<string, unknown>;
  properties?: Record<string, unknown>;
  tags?: Record<string, string>;
}

/** A resource that was looked at. */
export type LiveResource = Seen<WireResource>;
