import * as pulumi from "@pulumi/pulumi";

/** The least that a dynamic provider can do: what it is told is what there is. */
const provider: pulumi.dynamic.ResourceProvider<object, object> = {
  create: async (inputs: { vaultId?: string }) => ({ id: String(inputs.vaultId), outs: inputs }),
};

/** A dynamic resource that does nothing: what the engine and the host cost by themselves. */
export class Trivial extends pulumi.dynamic.Resource {
  constructor(name: string, inputs: pulumi.Inputs) {
    super(provider, name, inputs, undefined, "bench", "Trivial");
  }
}
