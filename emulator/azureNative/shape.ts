import { pathParametersOf } from "./resourceTypes";
import type { ResourceType } from "./resourceTypes";
import { isObject, revealAll as withoutNulls } from "./values";
import type { Properties } from "./values";

/** The input with which azure-native remembers that it chose the name, so that a replacement can be created first. */
export const createBeforeDeleteFlag = "__createBeforeDelete";

/** The id that those inputs lead to; all of them must be known. */
export function resourceIdOf(type: ResourceType, inputs: Properties, subscriptionId: string): string {
  return type.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = name === "subscriptionId" ? subscriptionId : inputs[name];
    return String(value).replace(/^\/+|\/+$/g, "");
  });
}

/** What is PUT for those inputs. */
export function bodyOf(type: ResourceType, inputs: Properties): Properties {
  const notInBody = [...pathParametersOf(type), createBeforeDeleteFlag];
  const members = Object.entries(inputs).filter(([name]) => !notInBody.includes(name));
  if (!type.outsideProperties) {
    return withIdentityMap(Object.fromEntries(members));
  }
  const outside = members.filter(([name]) => type.outsideProperties?.includes(name));
  const inside = members.filter(([name]) => !type.outsideProperties?.includes(name));
  return withIdentityMap({
    ...Object.fromEntries(outside),
    properties: Object.fromEntries(inside.map(([name, value]) => [type.renamed?.[name] ?? name, value])),
  });
}

/** What the SDK shows of a resource that the service answered with. */
export function outputsOf(type: ResourceType, body: Properties): Properties {
  const outside = Object.fromEntries(Object.entries(withoutNulls(body)).filter(([name]) => name !== "id"));
  const azureApiVersion = type.apiVersion;
  if (!type.outsideProperties) {
    return { ...outside, azureApiVersion };
  }
  const { properties, ...others } = outside;
  const sdkNames = Object.fromEntries(Object.entries(type.renamed ?? {}).map(([sdk, wire]) => [wire, sdk]));
  const inside = Object.entries(isObject(properties) ? properties : {}).map(
    ([name, value]): [string, unknown] => [sdkNames[name] ?? name, value],
  );
  return { ...Object.fromEntries<unknown>(inside), ...others, azureApiVersion };
}

/** The SDK takes a list of the identities' ids, the service a map of them. */
function withIdentityMap(body: Properties): Properties {
  const { identity } = body;
  if (!isObject(identity) || !Array.isArray(identity.userAssignedIdentities)) {
    return body;
  }
  const userAssignedIdentities = Object.fromEntries(
    identity.userAssignedIdentities.map((identityId) => [String(identityId), {}]),
  );
  return { ...body, identity: { ...identity, userAssignedIdentities } };
}
