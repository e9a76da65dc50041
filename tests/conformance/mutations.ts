/** The way to one value in a JSON document. */
export type Route = readonly string[];

type JsonObject = Record<string, unknown>;

/** The routes to all properties of a document, at any depth. */
export function routesIn(value: unknown, before: Route = []): Route[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => {
    const route = [...before, key];
    return [...(Array.isArray(value) ? [] : [route]), ...routesIn(inner, route)];
  });
}

/** A copy of a document in which one property has been changed by its owner and its name. */
export function mutate(
  document: unknown,
  route: Route,
  change: (owner: JsonObject, key: string) => void,
): unknown {
  const copy = structuredClone(document);
  const owner = route.slice(0, -1).reduce((inner, key) => inner[key] as JsonObject, copy as JsonObject);
  change(owner, route.at(-1) ?? "");
  return copy;
}

export function rename(owner: JsonObject, key: string, newKey: string): void {
  owner[newKey] = owner[key];
  delete owner[key];
}
