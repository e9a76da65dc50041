/**
 * A plugin of TypeDoc: whatever can be imported has a doc comment, and so has each of its properties, methods and
 * signatures. A property that can have one value only, as the tag of a union has, says all by its type.
 */
import { ReflectionKind } from "typedoc";

const documented =
  ReflectionKind.ClassOrInterface |
  ReflectionKind.Function |
  ReflectionKind.Method |
  ReflectionKind.Property |
  ReflectionKind.TypeAlias |
  ReflectionKind.Variable;

export function load(application) {
  application.on(application.constructor.EVENT_VALIDATE_PROJECT, (project) => {
    for (const reflection of project.getReflectionsByKind(documented)) {
      if (isPublic(reflection) && !isTag(reflection) && !hasComment(reflection)) {
        application.logger.error(`${reflection.getFullName()} has no doc comment`);
      }
    }
  });
}

/** Members of classes and interfaces, and what is exported; not what an anonymous type in the middle of another one holds. */
function isPublic({ parent, flags }) {
  return !flags.isExternal && !flags.isInherited && !parent.kindOf(ReflectionKind.TypeLiteral);
}

function isTag({ type }) {
  return type?.type === "literal";
}

function hasComment(reflection) {
  const signatures = reflection.getNonIndexSignatures?.() ?? [];
  return reflection.hasComment() || signatures.some((signature) => signature.hasComment());
}
