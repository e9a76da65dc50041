import * as pulumi from "@pulumi/pulumi";

/** By the run of a program: the Automation API may run several in one process. */
const namesByRun = new WeakMap<object, Set<string>>();
const withoutStack = {};

/**
 * Says that the program declares a vault.
 *
 * @returns What all of its vaults are called that are declared by now: the same list, which grows.
 */
export function declareVault(name: string): ReadonlySet<string> {
  const run = pulumi.runtime.getStackResource() ?? withoutStack;
  const names = namesByRun.get(run) ?? new Set();
  namesByRun.set(run, names.add(name));
  return names;
}
