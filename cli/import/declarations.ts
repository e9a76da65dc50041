import type { ImportedInstance } from "./candidate";

/**
 * The text of a TypeScript module that declares the imported instances. Everything in it is a literal, so that it compiles
 * in a program of any settings.
 */
export function declarationsOf(instances: readonly ImportedInstance[]): string {
  const statements = instances.map(
    ({ logicalName, declaration }) =>
      `new BackupInstance(${JSON.stringify(logicalName)}, ${literal(declaration, "")});\n`,
  );
  return ['import { BackupInstance } from "pulumi-azure-dataprotection";\n', ...statements].join("\n");
}

function literal(value: unknown, indentation: string): string {
  if (typeof value !== "object" || value === null) {
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => literal(item, indentation)).join(", ")}]`;
  }
  const inner = `${indentation}  `;
  const properties = Object.entries(value).map(
    ([name, item]) => `${inner}${name}: ${literal(item, inner)},\n`,
  );
  return `{\n${properties.join("")}${indentation}}`;
}
