import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type * as ResourceQueries from "../provider/resources/resourceQuery";
import { stackConfig } from "../provider/resources/signIn";
import type { InputProblem } from "../provider/dataProtection/inputProblem";
import { refuseProblems } from "./argumentProblems";

// Loaded when it is asked for: programs that find nothing need not wait for the HTTP client.
const load = createRequire(__filename);

/** What {@link findResourceIds} looks for: a tag, a resource group, or both. */
export interface ResourceQueryArgs {
  /** A tag of the resources. The case of its name does not matter, that of its value does; without a value any will do. */
  tag?: { name: string; value?: string };
  /** Name of their resource group. */
  resourceGroupName?: string;
  /**
   * Ids of the subscriptions to look in.
   *
   * @default the one that azure-native would use
   */
  subscriptionIds?: string[];
  /**
   * Their region, as in `"westeurope"`: a vault protects what is in its own region only.
   *
   * @default any
   */
  location?: string;
  /**
   * Whether it is fine to find nothing. Otherwise that is an error, since an identity that may not read the resources finds
   * none of them either, and an update without them would end their protection.
   *
   * @default false
   */
  mayBeEmpty?: boolean;
}

/**
 * The ARM ids of the resources that Resource Manager lists for a query, of whatever type, sorted. It is asked in every
 * preview and every update, with the credentials and the cloud that azure-native would use, those of an explicit provider
 * included, and needs the role *Reader*
 * there. What the program itself creates is found only after the update that does.
 *
 * **Await it** before anything is declared with the result: a program whose declarations wait for a promise may end
 * without them when the promise fails, and Pulumi then deletes what is not declared.
 *
 * @param opts - Pulumi's options: an azure-native `provider`, or a `parent` that has one, says who asks.
 * @throws a `RunError`, which ends the program and with it the preview or update, when the query is wrong, cannot be
 *   answered, or finds nothing.
 * @example
 * ```ts
 * export = async () => {
 *   const members = await findResourceIds({ tag: { name: "backup", value: "nightly" } });
 *   const fleet = new BackupFleet("nightly", { vault, members });
 *   return { summary: fleet.summary };
 * };
 * ```
 */
export async function findResourceIds(
  query: ResourceQueryArgs,
  opts: pulumi.InvokeOptions = {},
): Promise<string[]> {
  try {
    refuseProblems("findResourceIds", problemsOf(query));
    const { queryResources } = load("../provider/resources/resourceQuery") as typeof ResourceQueries;
    return await queryResources(await stackConfig("findResourceIds", opts), query);
  } catch (error) {
    throw new pulumi.RunError((error as Error).message);
  }
}

const properties = ["tag", "resourceGroupName", "subscriptionIds", "location", "mayBeEmpty"];

function problemsOf(query: ResourceQueryArgs): InputProblem[] {
  const { tag, resourceGroupName, subscriptionIds } = query;
  const problems = Object.keys(query)
    .filter((property) => !properties.includes(property))
    .map((property) => ({
      property,
      reason: `there is no such property; there are ${properties.join(", ")}`,
    }));
  if (tag === undefined && resourceGroupName === undefined) {
    problems.push({ property: "tag", reason: "is missing; give a tag, a resource group, or both" });
  }
  if (tag !== undefined && !tag.name) {
    problems.push({ property: "tag.name", reason: "is missing; give the name of a tag" });
  }
  if (resourceGroupName !== undefined && !isPlainName(resourceGroupName)) {
    const reason = "is no name of a resource group; outputs are not known yet when a program asks";
    problems.push({ property: "resourceGroupName", reason });
  }
  if (subscriptionIds !== undefined && !(subscriptionIds.length > 0 && subscriptionIds.every(isPlainName))) {
    problems.push({ property: "subscriptionIds", reason: "is no list of ids of subscriptions" });
  }
  return problems;
}

function isPlainName(value: unknown): boolean {
  return typeof value === "string" && /^[-\w.()]+$/u.test(value);
}
