import { isObject } from "../arm/requestBody";
import type { JsonObject } from "../arm/requestBody";
import { ControlError } from "./emulatorControl";

/** What a field of a command takes; an object of fields is an object with these and no others, in brackets a list of such. */
export type FieldType = SimpleType | Fields | readonly [Fields];

type SimpleType = "id" | "text" | "texts" | "number" | "boolean" | "object" | "fault";

export interface Fields {
  /** Names that end in `?` may be left out. */
  [name: string]: FieldType;
}

const checks: Record<SimpleType, { what: string; holds: (value: unknown) => boolean }> = {
  id: { what: "an ARM id", holds: (value) => typeof value === "string" && value.startsWith("/") },
  text: { what: "text", holds: (value) => typeof value === "string" && value !== "" },
  texts: {
    what: "a list of texts",
    holds: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
  },
  number: { what: "a number", holds: (value) => typeof value === "number" && Number.isFinite(value) },
  boolean: { what: "true or false", holds: (value) => typeof value === "boolean" },
  object: { what: "an object", holds: isObject },
  fault: {
    what: "the name of a fault, or an object with a status, an operation or a provisioningState",
    holds: (value) => typeof value === "string" || (isObject(value) && isFault(value)),
  },
};

/** The body of a command, once it has the fields that the command takes; throws what is wrong with it. */
export function readFields(where: string, fields: Fields, body: unknown): JsonObject {
  if (!isObject(body)) {
    throw new ControlError(`${where} takes a JSON object.`);
  }
  const known = new Map(Object.keys(fields).map((name) => [name.replace("?", ""), name]));
  for (const name of Object.keys(body)) {
    if (!known.has(name)) {
      throw new ControlError(
        `${where} has no field '${name}'; it takes ${[...known.keys()].join(", ") || "none"}.`,
      );
    }
  }
  for (const [name, key] of known) {
    checkField(`${where}.${name}`, fields[key]!, body[name], key.endsWith("?"));
  }
  return body;
}

function checkField(where: string, type: FieldType, value: unknown, isOptional: boolean): void {
  if (value === undefined) {
    if (!isOptional) {
      throw new ControlError(`${where} is required.`);
    }
  } else if (isList(type)) {
    checkList(where, type[0], value);
  } else if (typeof type === "object") {
    readFields(where, type, value);
  } else if (!checks[type].holds(value)) {
    throw new ControlError(`${where} must be ${checks[type].what}, not ${JSON.stringify(value)}.`);
  }
}

function isList(type: FieldType): type is readonly [Fields] {
  return Array.isArray(type);
}

function checkList(where: string, fields: Fields, value: unknown): void {
  if (!Array.isArray(value)) {
    throw new ControlError(`${where} must be a list.`);
  }
  for (const [index, item] of value.entries()) {
    readFields(`${where}[${index}]`, fields, item);
  }
}

function isFault({ status, operation, provisioningState }: JsonObject): boolean {
  return (
    typeof status === "number" ||
    typeof provisioningState === "string" ||
    (isObject(operation) && typeof operation["status"] === "string")
  );
}
