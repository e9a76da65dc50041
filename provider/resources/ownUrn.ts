import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource will have, for its own inputs: the host tells a provider nothing about the resource that it
 * serves. A promise and no output: the SDK counts an output of the parent's URN as a dependency on all children of the
 * parent, and two of them that wait for each other never end.
 */
export async function ownUrn(
  name: string,
  type: string,
  parent: pulumi.CustomResourceOptions["parent"],
): Promise<string> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}
