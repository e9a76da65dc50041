import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";

const hashLength = 8;

/**
 * The name in Azure of something that no name was given for: that of its component, and a hash of project, stack and
 * component. It is the same in every run, so that the next update finds what an interrupted one left, and another one in every
 * stack. Once state holds the resource, its name stays what it was, whatever this gives by then: `check` sees to that.
 *
 * @param name - The component's name.
 * @param longest - How long the name may be.
 * @example
 * defaultNameOf("backups", 50); // "backups-1f0a93c2"
 */
export function defaultNameOf(name: string, longest: number): string {
  const text = [pulumi.getProject(), pulumi.getStack(), name].join("/");
  const hash = createHash("sha256").update(text).digest("hex").slice(0, hashLength);
  return `${name.slice(0, longest - hashLength - 1)}-${hash}`;
}
