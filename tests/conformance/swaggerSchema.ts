import type { Named, SwaggerDocument, SwaggerSchema } from "./swaggerDocument";

/** A JSON schema of draft 4, which is what Swagger 2.0 schemas come from. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Read-only properties are expected in answers and refused in requests. */
export type Direction = "request" | "response";

interface FlatObject {
  readonly properties: Readonly<Record<string, SwaggerSchema>>;
  readonly required: readonly string[];
  readonly additional: SwaggerSchema | boolean | undefined;
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
  standalone(schema: SwaggerSchema): JsonSchema {
    const root = this.#convert(schema);
    return { ...root, definitions: this.#definitions };
  }

  #convert(schema: SwaggerSchema): JsonSchema {
    if (schema.$ref !== undefined) {
      return this.#refer(this.document.resolve(schema.$ref));
    }
    if (schema.properties !== undefined || schema.allOf !== undefined || schema.type === "object") {
      return this.#object(this.#flatten(schema));
    }
    if (schema.type === "array") {
      return { type: "array", ...(schema.items && { items: this.#convert(schema.items) }) };
    }
    const closed = schema.enum !== undefined && schema["x-ms-enum"]?.modelAsString !== true;
    return {
      ...(schema.type && { type: schema.type }),
      ...(closed && { enum: schema.enum }),
      ...(schema.format === "date-time" && { format: schema.format }),
    };
  }

  #refer(target: Named): JsonSchema {
    const property = this.#discriminatorOf(target.schema);
    const subtypes = property === undefined ? [] : this.document.descendantsOf(target);
    if (property === undefined) {
      return this.#define(target.name, () => this.#convert(target.schema));
    }
    if (subtypes.length === 0) {
      return this.#define(target.name, () => this.#subtype(target, property));
    }
    const itself = target.schema["x-ms-discriminator-value"] === undefined ? [] : [target];
    return this.#define(`any ${target.name}`, () => ({
      type: "object",
      required: [property],
      discriminator: { propertyName: property },
      oneOf: [...itself, ...subtypes].map((one) =>
        this.#define(one.name, () => this.#subtype(one, property)),
      ),
    }));
  }

  #subtype({ name, schema }: Named, discriminator: string): JsonSchema {
    const object = this.#object(this.#flatten(schema));
    const value = schema["x-ms-discriminator-value"] ?? name;
    const properties = { ...(object["properties"] as object), [discriminator]: { enum: [value] } };
    return { ...object, properties };
  }

  #define(name: string, make: () => JsonSchema): JsonSchema {
    const key = name.replace(/\W+/g, "_");
    if (this.#definitions[key] === undefined) {
      this.#definitions[key] = {};
      this.#definitions[key] = make();
    }
    return { $ref: `#/definitions/${key}` };
  }

  #object({ properties, required, additional }: FlatObject): JsonSchema {
    const sent = Object.entries(properties).filter(
      ([, { readOnly }]) => this.direction === "response" || readOnly !== true,
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

  #flatten(schema: SwaggerSchema): FlatObject {
    const parents = (schema.allOf ?? []).map((parent) =>
      this.#flatten(parent.$ref === undefined ? parent : this.document.resolve(parent.$ref).schema),
    );
    return {
      properties: Object.assign(
        {},
        ...parents.map(({ properties }) => properties),
        schema.properties,
      ) as Record<string, SwaggerSchema>,
      required: [...new Set([...parents.flatMap(({ required }) => required), ...(schema.required ?? [])])],
      additional:
        schema.additionalProperties ?? parents.find((parent) => parent.additional !== undefined)?.additional,
    };
  }

  /** The property that tells subtypes apart, declared by this definition or by one of its parents. */
  #discriminatorOf({ allOf = [], discriminator }: SwaggerSchema): string | undefined {
    const inherited = allOf.map(({ $ref }) =>
      $ref === undefined ? undefined : this.#discriminatorOf(this.document.resolve($ref).schema),
    );
    return discriminator ?? inherited.find((property) => property !== undefined);
  }
}
