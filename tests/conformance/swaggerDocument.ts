import { readFileSync } from "node:fs";

/** A schema as Swagger 2.0 and Microsoft's extensions to it spell it. */
export interface SwaggerSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly readOnly?: boolean;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SwaggerSchema>>;
  readonly additionalProperties?: boolean | SwaggerSchema;
  readonly items?: SwaggerSchema;
  readonly allOf?: readonly SwaggerSchema[];
  readonly discriminator?: string;
  readonly "x-ms-discriminator-value"?: string;
  readonly "x-ms-enum"?: { readonly modelAsString?: boolean };
}

export interface SwaggerParameter {
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: SwaggerSchema;
}

export interface SwaggerResponse {
  readonly schema?: SwaggerSchema;
}

export interface SwaggerOperation {
  readonly operationId: string;
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, SwaggerResponse>>;
}

interface SwaggerFile {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions: Readonly<Record<string, SwaggerSchema>>;
}

/** A definition with its name. */
export interface Named {
  readonly name: string;
  readonly schema: SwaggerSchema;
}

/** What is used of a Swagger document in one file. */
export class SwaggerDocument {
  readonly #contents: SwaggerFile;

  constructor(file: string) {
    this.#contents = JSON.parse(readFileSync(file, "utf8")) as SwaggerFile;
  }

  /** The operations as `[method, path template, operation]`. */
  operations(): [method: string, template: string, operation: SwaggerOperation][] {
    return Object.entries(this.#contents.paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, SwaggerOperation] => [
        method.toUpperCase(),
        template,
        operation,
      ]),
    );
  }

  /** Follows a reference such as `#/definitions/Error`. */
  resolve(reference: string): Named {
    const name = reference.replace("#/definitions/", "");
    const schema = this.#contents.definitions[name];
    if (schema === undefined) {
      throw new Error(`resolving ${reference}: there is no such definition`);
    }
    return { name, schema };
  }

  /** The definitions that name `base` as a parent, directly or through others. */
  descendantsOf(base: Named): Named[] {
    const children = Object.entries(this.#contents.definitions)
      .filter(([, { allOf = [] }]) => allOf.some(({ $ref }) => $ref === `#/definitions/${base.name}`))
      .map(([name, schema]) => ({ name, schema }));
    return children.flatMap((child) => [child, ...this.descendantsOf(child)]);
  }
}
