import path from "node:path";
import type { Placed, SwaggerDocument, SwaggerSchema } from "./swaggerDocument";

/** A JSON schema of draft 4, which is what Swagger 2.0 schemas come from. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Read-only properties are expected in answers and refused in requests. */
export type Direction = "request" | "response";

interface FlatObject {
  readonly properties: Readonly<Record<string, Placed<SwaggerSchema>>>;
  readonly required: readonly string[];
  readonly additional: Placed<SwaggerSchema> | boolean | undefined;
}

/**
 * Makes strict JSON schemas out of Swagger's lax ones: no property besides the documented ones, subtypes by their
 * discriminator, closed enumerations closed and open ones (`modelAsString`) open.
 */
export class StrictSchemas {
  readonly #definitions: Record<string, JsonSchema> = {};

  constructor(
    readonly document: SwaggerDocument,
    readonly direction: Direction,
  ) {}

  /** A schema that can be compiled alone. */
  standalone(schema: SwaggerSchema, file: string): JsonSchema {
    const root = this.#convert({ part: schema, file, name: "" });
    return { ...root, definitions: this.#definitions };
  }

  #convert({ part, file, name }: Placed<SwaggerSchema>): JsonSchema {
    if (part.$ref !== undefined) {
      return this.#refer(this.document.resolve<SwaggerSchema>(part.$ref, file));
    }
    if (part.properties !== undefined || part.allOf !== undefined || part.type === "object") {
      return this.#object(this.#flatten({ part, file, name }));
    }
    if (part.type === "array") {
      return {
        type: "array",
        ...(part.items && { items: this.#convert({ part: part.items, file, name: "" }) }),
      };
    }
    const closed = part.enum !== undefined && part["x-ms-enum"]?.modelAsString !== true;
    return {
      ...(part.type && { type: part.type }),
      ...(closed && { enum: part.enum }),
      ...(part.format === "date-time" && { format: part.format }),
    };
  }

  #refer(target: Placed<SwaggerSchema>): JsonSchema {
    const property = this.#discriminatorOf(target);
    const subtypes = property === undefined ? [] : this.document.descendantsOf(target);
    if (property === undefined) {
      return this.#define(target, () => this.#convert(target));
    }
    if (subtypes.length === 0) {
      return this.#define(target, () => this.#subtype(target, property));
    }
    const itself = target.part["x-ms-discriminator-value"] === undefined ? [] : [target];
    return this.#define({ ...target, name: `any ${target.name}` }, () => ({
      type: "object",
      required: [property],
      discriminator: { propertyName: property },
      oneOf: [...itself, ...subtypes].map((one) => this.#define(one, () => this.#subtype(one, property))),
    }));
  }

  #subtype(target: Placed<SwaggerSchema>, discriminator: string): JsonSchema {
    const schema = this.#object(this.#flatten(target));
    const value = target.part["x-ms-discriminator-value"] ?? target.name;
    const properties = { ...(schema["properties"] as object), [discriminator]: { enum: [value] } };
    return { ...schema, properties };
  }

  #define({ file, name }: Placed<SwaggerSchema>, make: () => JsonSchema): JsonSchema {
    const source = path.relative(path.dirname(this.document.file), file);
    const key = `${source} ${name}`.replace(/\W+/g, "_");
    if (this.#definitions[key] === undefined) {
      this.#definitions[key] = {};
      this.#definitions[key] = make();
    }
    return { $ref: `#/definitions/${key}` };
  }

  #object({ properties, required, additional }: FlatObject): JsonSchema {
    const sent = Object.entries(properties).filter(
      ([, { part }]) => this.direction === "response" || !part.readOnly,
    );
    const names = new Set(sent.map(([name]) => name));
    const needed = required.filter((name) => names.has(name));
    // An object without any documented property, such as UserFacingError.properties, may hold anything.
    const undocumented = Object.keys(properties).length === 0 && additional === undefined;
    return {
      type: "object",
      properties: Object.fromEntries(sent.map(([name, property]) => [name, this.#convert(property)])),
      ...(needed.length > 0 && { required: needed }),
      additionalProperties:
        typeof additional === "object" ? this.#convert(additional) : (additional ?? undocumented),
    };
  }

  #flatten({ part, file }: Placed<SwaggerSchema>): FlatObject {
    const parents = (part.allOf ?? []).map((parent) =>
      this.#flatten(
        parent.$ref === undefined
          ? { part: parent, file, name: "" }
          : this.document.resolve(parent.$ref, file),
      ),
    );
    const own = Object.entries(part.properties ?? {}).map(
      ([name, property]) => [name, { part: property, file, name }] as const,
    );
    const { additionalProperties } = part;
    const additional =
      typeof additionalProperties === "object"
        ? { part: additionalProperties, file, name: "" }
        : additionalProperties;
    return {
      properties: Object.assign(
        {},
        ...parents.map(({ properties }) => properties),
        Object.fromEntries(own),
      ) as FlatObject["properties"],
      required: [...new Set([...parents.flatMap(({ required }) => required), ...(part.required ?? [])])],
      additional: additional ?? parents.find((parent) => parent.additional !== undefined)?.additional,
    };
  }

  /** The property that tells subtypes apart, declared by this definition or by one of its parents. */
  #discriminatorOf({ part, file }: Placed<SwaggerSchema>): string | undefined {
    const inherited = (part.allOf ?? []).map(({ $ref }) =>
      $ref === undefined
        ? undefined
        : this.#discriminatorOf(this.document.resolve<SwaggerSchema>($ref, file)),
    );
    return part.discriminator ?? inherited.find((property) => property !== undefined);
  }
}
