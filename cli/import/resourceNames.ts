import { uuidOf } from "../../provider/azure/uuid";

/** Characters that every Pulumi version takes in a logical name, and that need no quoting in `--target` or a URN. */
const otherCharacters = /[^A-Za-z0-9._-]+/g;

/**
 * The logical name of an imported instance: its name in the vault, so that each is found by the other. A name that has to be
 * changed for that gets a part of its own at the end, so that no two become the same. It depends on nothing but the
 * instance's name, so an import of more instances later gives the same names.
 *
 * @example
 * logicalNameOf("data-data-3c1f"); // "data-data-3c1f"
 * logicalNameOf("my disk"); // "my-disk-547ed2dd"
 */
export function logicalNameOf(instanceName: string): string {
  const plain = instanceName.replace(otherCharacters, "-");
  return plain === instanceName ? plain : `${plain}-${uuidOf(instanceName).slice(0, 8)}`;
}
