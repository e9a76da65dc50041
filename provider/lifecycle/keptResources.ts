import { canonicalResourceId } from "../azure/resourceId";

/**
 * The resources of the service that the running operation keeps: those that its program declares,
 * whatever becomes of them.
 *
 * Renaming a resource in the program makes Pulumi create it under the new name and then delete it under the old one,
 * and both mean the same resource of the service, which the new one has taken over; and several resources of a program
 * may mean one role assignment. The deletion of one must then leave it alone, or a rename would end with the protection
 * gone. A `destroy` keeps nothing, so there all go.
 */
export class KeptResources {
  readonly #ids = new Set<string>();

  keep(resourceId: string): void {
    this.#ids.add(canonicalResourceId(resourceId));
  }

  isKept(resourceId: string): boolean {
    return this.#ids.has(canonicalResourceId(resourceId));
  }
}
