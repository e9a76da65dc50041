import type { Untrusted } from "../../../provider/azure/json";
import { blobDeclaration, diskDeclaration } from "../declaration";

/** A declaration with nothing wrong in it, as `check` gets it: anything may be in its place. */
export const disk = diskDeclaration as unknown as Untrusted;

/** The same, with changes of its datasource. */
export const withDisk = (changes: Untrusted): Untrusted => ({
  ...disk,
  datasource: { ...diskDeclaration.datasource, ...changes },
});

/** The declaration of an account's backup with something as its containers. */
export const withContainers = (containers: unknown): Untrusted =>
  blobDeclaration(containers as string[]) as unknown as Untrusted;
