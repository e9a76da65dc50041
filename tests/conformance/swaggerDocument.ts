import { readFileSync } from "node:fs";
import path from "node:path";

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
  readonly $ref?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: SwaggerSchema;
}

export interface SwaggerResponse {
  readonly schema?: SwaggerSchema;
  readonly headers?: Readonly<Record<string, unknown>>;
}

export interface SwaggerOperation {
  readonly operationId: string;
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses: Readonly<Record<string, SwaggerResponse>>;
}

interface SwaggerFile {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SwaggerOperation>>>>;
  readonly definitions?: Readonly<Record<string, SwaggerSchema>>;
}

/** A part of a document and the file that it stands in, which its own references start from. */
export interface Placed<Part> {
  readonly part: Part;
  readonly file: string;
  /** The last word of the reference: the definition's name. */
  readonly name: string;
}

/** A Swagger document with the files that it refers to. */
export class SwaggerDocument {
  readonly #files = new Map<string, SwaggerFile>();

  constructor(readonly file: string) {}

  /** The operations as `[method, path template, operation]`. */
  operations(): [method: string, template: string, operation: SwaggerOperation][] {
    return Object.entries(this.#read(this.file).paths).flatMap(([template, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, string, SwaggerOperation] => [
        method.toUpperCase(),
        template,
        operation,
      ]),
    );
  }

  /** Follows a reference such as `../types.json#/definitions/Error` that stands in `fromFile`. */
  resolve<Part>(reference: string, fromFile: string): Placed<Part> {
    const [otherFile = "", pointer = ""] = reference.split("#");
    const file = otherFile === "" ? fromFile : path.resolve(path.dirname(fromFile), otherFile);
    const words = pointer.split("/").slice(1);
    let part: unknown = this.#read(file);
    for (const word of words) {
      part = (part as Record<string, unknown> | undefined)?.[word];
    }
    if (part === undefined) {
      throw new Error(`resolving ${reference} in ${fromFile}: there is no such part`);
    }
    return { part: part as Part, file, name: words.at(-1) ?? "" };
  }

  /** The definitions of one file that name `base` as a parent, directly or through others. */
  descendantsOf(base: Placed<SwaggerSchema>): Placed<SwaggerSchema>[] {
    const children = Object.entries(this.#read(base.file).definitions ?? {})
      .filter(([, { allOf = [] }]) => allOf.some(({ $ref }) => $ref === `#/definitions/${base.name}`))
      .map(([name, part]) => ({ part, file: base.file, name }));
    return children.flatMap((child) => [child, ...this.descendantsOf(child)]);
  }

  #read(file: string): SwaggerFile {
    const known = this.#files.get(file) ?? (JSON.parse(readFileSync(file, "utf8")) as SwaggerFile);
    this.#files.set(file, known);
    return known;
  }
}
