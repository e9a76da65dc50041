import { asRecord, isObject, text } from "../azure/json";
import { canonicalResourceId } from "../azure/resourceId";
import { claimedTags } from "../lifecycle/claim";
import type { PrerequisiteInputs } from "./inputs";
import { kinds } from "./kinds";
import { canonical, overlay } from "./overlay";
import type { Safeguard } from "./safeguards";
import { only, valueAt } from "./safeguards";
import type { WireResource } from "./wireResource";

type Properties = WireResource["properties"];

/** What a resource is to be: the properties that the program says, and the defaults for those that it leaves out. */
export function effectiveProperties({ defaults, properties }: PrerequisiteInputs): Properties {
  return overlay(defaults, properties) as Properties;
}

/**
 * The body of a PUT that makes a live resource what is declared. A PUT replaces the whole resource, so all that the program
 * does not say is sent back as it is. A default is where a resource begins, and what it does not get weaker than.
 *
 * @param before - What was declared before: what the program has taken back since is taken away.
 */
export function mergedBody(
  live: WireResource | undefined,
  declared: PrerequisiteInputs,
  before: PrerequisiteInputs | undefined,
): WireResource {
  const { hasTags, isImmutable } = kinds[declared.sort];
  const { location, identity, properties, tags, ...others } = writableOf(declared.sort, live);
  const mergedProperties =
    isImmutable && live !== undefined
      ? overlay(properties, declared.properties)
      : mergedWithDefaults(properties, declared, before);
  return withoutUndefined({
    ...others,
    location: declared.location ?? location,
    identity: mergedIdentity(identity, declared.identity, before?.identity),
    properties: mergedProperties as Properties,
    tags: hasTags ? claimedTags({ tags: mergedTags(tags, declared.tags, before?.tags) }, declared) : tags,
  });
}

/** Whether a PUT of this body would change anything of a live resource. */
export function changesAnything(
  sort: PrerequisiteInputs["sort"],
  live: WireResource,
  { location: _location, ...body }: WireResource,
): boolean {
  const { location: _liveLocation, identity, ...writable } = writableOf(sort, live);
  const comparable = ({ identity: _identity, ...resource }: WireResource): string =>
    canonical({ ...resource, tags: resource.tags ?? {} });
  return !hasSameIdentities({ identity }, body) || comparable(writable) !== comparable(body);
}

function mergedWithDefaults(
  live: Properties,
  declared: PrerequisiteInputs,
  before: PrerequisiteInputs | undefined,
): unknown {
  const { defaults } = declared;
  const { safeguards } = kinds[declared.sort];
  if (live === undefined) {
    return overlay(defaults, declared.properties);
  }
  // What a service does not show of itself is not known, and not written for a default's sake.
  const raised = safeguards.reduce<Properties>((properties, safeguard) => {
    const { path, isWeaker, valueIn, isFinalInUse } = safeguard;
    const mayBeRaised = isFinalInUse !== true || isOwnChange(safeguard, declared, before);
    const isShown = [defaults, properties].every((document) => valueAt(document, path) !== undefined);
    return isShown && mayBeRaised && isWeaker(valueIn(properties), valueIn(defaults))
      ? (overlay(properties, only(path, valueAt(defaults, path))) as Properties)
      : properties;
  }, live);
  return overlay(raised, declared.properties);
}

/** Whether the program itself asks for another value than before. */
function isOwnChange(
  { valueIn }: Safeguard,
  declared: PrerequisiteInputs,
  before: PrerequisiteInputs | undefined,
): boolean {
  const [value, valueBefore] = [declared, before].map(
    (inputs) => inputs && canonical(valueIn(effectiveProperties(inputs))),
  );
  return valueBefore !== undefined && valueBefore !== value;
}

/** Azure takes tags for the same whose names differ in their case only. */
function mergedTags(
  live: Record<string, string> = {},
  declared: Record<string, string> = {},
  before: Record<string, string> = {},
): Record<string, string> {
  const replaced = new Set(Object.keys({ ...before, ...declared }).map((name) => name.toLowerCase()));
  const foreign = Object.entries(live).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(foreign), ...declared };
}

/** The identities of a resource, whichever way they are spelt. */
interface Identities {
  hasOwn: boolean;
  /** Ids of the user-assigned ones, by their canonical spelling. */
  ids: Record<string, string>;
}

function identitiesIn(identity: unknown): Identities {
  const { type, userAssignedIdentities } = asRecord(identity);
  const entries = Object.entries(asRecord(userAssignedIdentities)).filter(([, one]) => one !== null);
  return {
    hasOwn: /SystemAssigned/i.test(text(type) ?? ""),
    ids: Object.fromEntries(entries.map(([id]) => [canonicalResourceId(id), id])),
  };
}

/** Whether a resource lacks one of the declared identities. */
export function lacksIdentity(live: unknown, declared: unknown): boolean {
  const [ofLive, ofDeclared] = [identitiesIn(live), identitiesIn(declared)];
  return (
    (ofDeclared.hasOwn && !ofLive.hasOwn) || Object.keys(ofDeclared.ids).some((id) => !(id in ofLive.ids))
  );
}

/** Whether two resources have the same identities. */
export function hasSameIdentities(one: WireResource, other: WireResource): boolean {
  return !lacksIdentity(one.identity, other.identity) && !lacksIdentity(other.identity, one.identity);
}

/** The declared identities and those of others. Those that the program has taken back are said to be none on the wire. */
function mergedIdentity(live: unknown, declared: unknown, before: unknown): WireResource["identity"] {
  if (!isObject(declared)) {
    return live as WireResource["identity"];
  }
  const [ofLive, ofDeclared, ofBefore] = [live, declared, before].map(identitiesIn) as [
    Identities,
    Identities,
    Identities,
  ];
  const foreign = Object.entries(ofLive.ids).filter(([key]) => !(key in ofBefore.ids));
  const ids = Object.values({ ...Object.fromEntries(foreign), ...ofDeclared.ids });
  const hasOwn = ofDeclared.hasOwn || (ofLive.hasOwn && !ofBefore.hasOwn);
  const types = [...(hasOwn ? ["SystemAssigned"] : []), ...(ids.length > 0 ? ["UserAssigned"] : [])];
  return {
    type: types.length === 0 ? "None" : types.join(","),
    ...(ids.length > 0 ? { userAssignedIdentities: Object.fromEntries(ids.map((id) => [id, {}])) } : {}),
  };
}

/** What of a live resource a PUT may send back. */
function writableOf(sort: PrerequisiteInputs["sort"], live: WireResource | undefined): WireResource {
  const onlyRead = new Set(["id", "name", "type", "systemData", "eTag", "etag", "correlationId"]);
  const { readOnlyProperties } = kinds[sort];
  const { properties, ...rest } = live ?? {};
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !onlyRead.has(name))),
    ...(properties === undefined
      ? {}
      : {
          properties: Object.fromEntries(
            Object.entries(properties).filter(([name]) => !readOnlyProperties.includes(name)),
          ),
        }),
  };
}

function withoutUndefined(resource: WireResource): WireResource {
  return Object.fromEntries(Object.entries(resource).filter(([, value]) => value !== undefined));
}
