/**
 * Makes `openApi.json` of Microsoft's OpenAPI document: names, types and enumerations of the operations, without the prose,
 * the examples and the files that it is spread over.
 *
 * `node tests/conformance/reduceOpenApi.mjs <dataprotection.json> > tests/conformance/openApi.json`
 */
import * as fs from "node:fs";
import * as path from "node:path";

const [source] = process.argv.slice(2);
const files = new Map();
/** Definitions by their names; those of common types begin with the version of these, as in `v3.ErrorResponse`. */
const definitions = {};

const kept = ["type", "format", "enum", "readOnly", "required", "discriminator", "x-ms-discriminator-value"];

function read(file) {
  files.set(file, files.get(file) ?? JSON.parse(fs.readFileSync(file, "utf8")));
  return files.get(file);
}

function find(reference, fromFile) {
  const [otherFile, pointer] = reference.split("#");
  const file = otherFile === "" ? fromFile : path.resolve(path.dirname(fromFile), otherFile);
  const words = pointer.split("/").slice(1);
  return { file, name: words.at(-1), part: words.reduce((part, word) => part[word], read(file)) };
}

function nameOf({ file, name }) {
  const version = /common-types.*\/(v\d+)\//.exec(file)?.[1];
  return version === undefined ? name : `${version}.${name}`;
}

/** Keeps a definition, and those that are kinds of it. */
function define(target) {
  const name = nameOf(target);
  if (definitions[name] === undefined) {
    definitions[name] = {};
    definitions[name] = schemaOf(target.part, target.file);
    for (const [childName, part] of Object.entries(read(target.file).definitions)) {
      if (part.allOf?.some(({ $ref }) => $ref === `#/definitions/${target.name}`)) {
        define({ file: target.file, name: childName, part });
      }
    }
  }
  return { $ref: `#/definitions/${name}` };
}

function schemaOf(part, file) {
  if (part.$ref !== undefined) {
    return define(find(part.$ref, file));
  }
  const { properties, additionalProperties, items, allOf } = part;
  return {
    ...Object.fromEntries(kept.flatMap((name) => (part[name] === undefined ? [] : [[name, part[name]]]))),
    ...(part["x-ms-enum"]?.modelAsString === true ? { "x-ms-enum": { modelAsString: true } } : {}),
    ...(properties ? { properties: mapValues(properties, (property) => schemaOf(property, file)) } : {}),
    ...(typeof additionalProperties === "object"
      ? { additionalProperties: schemaOf(additionalProperties, file) }
      : { additionalProperties }),
    ...(items ? { items: schemaOf(items, file) } : {}),
    ...(allOf ? { allOf: allOf.map((parent) => schemaOf(parent, file)) } : {}),
  };
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}

function operationOf({ operationId, parameters = [], responses }) {
  const bodies = parameters
    .map((parameter) => (parameter.$ref ? find(parameter.$ref, source).part : parameter))
    .filter((parameter) => parameter.in === "body")
    .map(({ required, schema }) => ({ in: "body", required, schema: schemaOf(schema, source) }));
  return {
    operationId,
    parameters: bodies,
    responses: mapValues(responses, ({ schema }) => (schema ? { schema: schemaOf(schema, source) } : {})),
  };
}

const { info, paths } = read(source);
const reduced = {
  swagger: "2.0",
  info: {
    version: info.version,
    "x-source": `https://github.com/Azure/azure-rest-api-specs: specification/dataprotection/resource-manager/Microsoft.DataProtection/stable/${info.version}/dataprotection.json (MIT), reduced by reduceOpenApi.mjs`,
  },
  paths: mapValues(paths, (methods) => mapValues(methods, operationOf)),
};
const sorted = Object.fromEntries(
  Object.entries(definitions).sort(([one], [other]) => (one < other ? -1 : 1)),
);
process.stdout.write(`${JSON.stringify({ ...reduced, definitions: sorted }, undefined, 1)}\n`);
