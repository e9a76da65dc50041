import { badRequest, invalidRequestContent } from "./errors";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A request's body, which must be a JSON object. */
export function requireObject(body: unknown): JsonObject {
  if (!isObject(body)) {
    throw invalidRequestContent("The request body must be a JSON object");
  }
  return body;
}

/** Reads a property as the service does, without regard to the case of its name (create_and_delete_disk 2 and 7). */
export function property(object: unknown, name: string): unknown {
  if (!isObject(object)) {
    return undefined;
  }
  const found = Object.keys(object).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : object[found];
}

/** A property that is an object, or an empty one, ready to be spread. */
export function objectProperty(object: unknown, name: string): JsonObject {
  const value = property(object, name);
  return isObject(value) ? value : {};
}

export function textProperty(object: unknown, name: string): string | undefined {
  const value = property(object, name);
  return typeof value === "string" ? value : undefined;
}

export function requireLocation(body: JsonObject): string {
  const location = textProperty(body, "location");
  if (!location?.trim()) {
    throw badRequest("LocationRequired", "The location property is required for this definition.");
  }
  return location;
}

/** `{ tags }`, or nothing when the body has none, ready to be spread. */
export function tagsOf(body: JsonObject): { tags?: Record<string, string> } {
  const tags = property(body, "tags");
  return isObject(tags) ? { tags: tags as Record<string, string> } : {};
}
