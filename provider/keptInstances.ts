import { canonicalResourceId } from "./azure/resourceId";

/**
 * The instances that the running operation keeps: those that it created, took over, or found unchanged.
 *
 * Renaming a resource in the program makes Pulumi create it under the new name and then delete it under the old one,
 * and both mean the same instance of the service, which the new one has taken over. The deletion must then leave the
 * instance alone, or the rename would end with the protection gone. A `destroy` keeps nothing, so there all go.
 */
export class KeptInstances {
  readonly #ids = new Set<string>();

  keep(backupInstanceId: string): void {
    this.#ids.add(canonicalResourceId(backupInstanceId));
  }

  isKept(backupInstanceId: string): boolean {
    return this.#ids.has(canonicalResourceId(backupInstanceId));
  }
}
