import type { Stack } from "@pulumi/pulumi/automation";

/** What the stack's state holds for an instance, in bytes. */
export interface StateFigures {
  /** The text that leads to the provider, in inputs and outputs together. */
  providerTextInBytes: number;
  /** The whole entry as JSON. */
  entryInBytes: number;
}

interface Entry {
  type: string;
  inputs?: { __provider?: string };
  outputs?: { __provider?: string };
}

/** Measures the first dynamic resource of a stack: they are all alike. */
export async function measureState(stack: Stack): Promise<StateFigures> {
  const exported = await stack.exportStack();
  const { resources } = exported.deployment as { resources: Entry[] };
  const entry = resources.find(({ type }) => type.startsWith("pulumi-nodejs:dynamic/"));
  if (entry === undefined) {
    throw new Error("measuring the state: there is no dynamic resource in it");
  }
  return {
    providerTextInBytes: bytesIn(entry.inputs?.__provider) + bytesIn(entry.outputs?.__provider),
    entryInBytes: bytesIn(JSON.stringify(entry)),
  };
}

const bytesIn = (text = ""): number => Buffer.byteLength(text);
