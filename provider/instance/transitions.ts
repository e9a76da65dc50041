import { isSameResourceId } from "../azure/resourceId";
import { removalOfContainers } from "./changes";
import type { InputProblem } from "../dataProtection/inputProblem";
import { kindOf } from "../dataProtection/datasourceKinds";
import { diff } from "./diff";
import type { CheckedInputs, OnDelete } from "./inputs";
import { isKept } from "./inputs";
import { isUnknown } from "../lifecycle/unknownValues";

/** What state holds, what is declared instead, and what of it stays. */
interface Transition {
  olds: CheckedInputs;
  news: CheckedInputs;
  isSameVault: boolean;
  isSameDatasource: boolean;
  isSameName: boolean;
}

/**
 * All that a declaration asks for that what state holds cannot become, each with the property and the way round. Nothing is
 * said of what is not known yet, nor where state holds nothing.
 */
export function transitionProblems(olds: Partial<CheckedInputs>, news: CheckedInputs): InputProblem[] {
  if (!isKept(olds) || isUnknown([news.vaultId, news.datasource, news.name])) {
    return [];
  }
  const transition = {
    olds,
    news,
    isSameVault: isSameResourceId(olds.vaultId, news.vaultId),
    isSameDatasource: isSameDatasource(olds, news),
    isSameName: isSameResourceId(olds.name, news.name),
  };
  return rules.flatMap((problemOf) => problemOf(transition) ?? []);
}

/** Whether two declarations mean the same datasource. */
export function isSameDatasource({ datasource: old }: CheckedInputs, { datasource }: CheckedInputs): boolean {
  return (
    old.kind === datasource.kind &&
    isSameResourceId(kindOf(old).resourceId(old), kindOf(old).resourceId(datasource))
  );
}

const rules: ((transition: Transition) => InputProblem | undefined)[] = [
  renamingProblem,
  containersProblem,
  keptInstanceProblem,
];

/**
 * Another name for the same datasource in the same vault would be a replacement: the old instance deleted with its recovery
 * points first, and then, in a vault with soft delete, no new one accepted as long as the old one is held.
 */
function renamingProblem({ olds: { name }, ...same }: Transition): InputProblem | undefined {
  if (!same.isSameVault || !same.isSameDatasource || same.isSameName) {
    return undefined;
  }
  const reason =
    `Azure Backup cannot rename the instance "${name}"; a new one would end the protection and its recovery points first. ` +
    `Keep name: "${name}", or take the resource out of the program for one update to begin anew`;
  return { property: "name", reason };
}

function containersProblem({ olds, news, ...same }: Transition): InputProblem | undefined {
  if (!same.isSameVault || !same.isSameDatasource) {
    return undefined;
  }
  const reason = removalOfContainers(olds.datasource, news.datasource);
  return reason === undefined ? undefined : { property: "datasource.containers", reason };
}

/** A replacement deletes first, as state says: what is left then has the datasource, or the name. */
function keptInstanceProblem({ olds, news, ...same }: Transition): InputProblem | undefined {
  const { onDelete } = olds;
  if (onDelete === undefined || onDelete === "delete" || diff(olds, news).replaces.length === 0) {
    return undefined;
  }
  const isInTheWay = same.isSameDatasource
    ? "a datasource can be protected once only"
    : same.isSameVault && same.isSameName && `two instances of a vault cannot be called "${news.name}"`;
  if (isInTheWay === false) {
    return undefined;
  }
  const reason =
    `it was "${onDelete}", so ${whatReplacementDoes(olds)}; but what is declared now needs a new instance in its place, and ` +
    `${isInTheWay}. Declare onDelete: "delete" in an update of its own first, or what was declared before`;
  return { property: "onDelete", reason };
}

const replacements: Record<OnDelete, string> = {
  delete:
    "deletes the old backup instance first, and its recovery points with it, unless the vault's soft delete holds them",
  stopProtection:
    "stops the protection of the old backup instance first, and keeps its recovery points for ever",
  suspendBackups:
    "suspends the backups of the old instance first, and keeps its recovery points as the policy says",
  retain: "leaves the old backup instance as it is",
};

/** What becomes of an instance that is replaced, and of its recovery points. */
export function whatReplacementDoes({ onDelete = "delete" }: CheckedInputs): string {
  return `a replacement ${replacements[onDelete]}`;
}
