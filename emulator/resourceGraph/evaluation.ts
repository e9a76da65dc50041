import { isObject } from "../arm/requestBody";
import type { Condition, Expression, Query, Step } from "./parser";

export type Row = Record<string, unknown>;

/** What a query makes of the rows of its table. */
export function evaluate(query: Query, rows: Row[]): Row[] {
  return query.steps.reduce(perform, rows);
}

function perform(rows: Row[], step: Step): Row[] {
  switch (step.kind) {
    case "where":
      return rows.filter((row) => holds(row, step.condition));
    case "extend":
      return rows.map((row) =>
        step.columns.reduce(
          (extended, { name, value }) => ({ ...extended, [name]: valueOf(extended, value) }),
          row,
        ),
      );
    case "project":
      return rows.map((row) =>
        Object.fromEntries(step.columns.map(({ name, value }) => [name, valueOf(row, value)])),
      );
    case "take":
      return rows.slice(0, step.count);
    case "count":
      return [{ Count: rows.length }];
  }
}

function holds(row: Row, condition: Condition): boolean {
  switch (condition.kind) {
    case "all":
      return condition.of.every((one) => holds(row, one));
    case "any":
      return condition.of.some((one) => holds(row, one));
    case "not":
      return !holds(row, condition.of);
    case "compare": {
      const { operator } = condition;
      const left = textOf(valueOf(row, condition.left));
      const right = condition.right.map((one) => textOf(valueOf(row, one)));
      const isAny = right.some((one) => compares(left, operator.replace(/^!/, ""), one));
      return operator.startsWith("!") ? !isAny : isAny;
    }
  }
}

/** `=~` and `in~` leave out the case, as the operators in words do; `!=` and `!~` come here as `=` and `~`. */
function compares(left: string, operator: string, right: string): boolean {
  const [one, other] = [left.toLowerCase(), right.toLowerCase()];
  switch (operator) {
    case "==":
    case "=":
    case "in":
      return left === right;
    case "contains":
      return one.includes(other);
    case "has":
      return one.split(/[^a-z0-9]+/).includes(other);
    case "startswith":
      return one.startsWith(other);
    case "endswith":
      return one.endsWith(other);
    default:
      return one === other;
  }
}

function valueOf(row: Row, expression: Expression): unknown {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "column":
      return row[expression.name] ?? null;
    case "member": {
      const of = valueOf(row, expression.of);
      const name = valueOf(row, expression.name);
      const member = isObject(of) || Array.isArray(of) ? (of as Row)[String(name)] : undefined;
      return member ?? null;
    }
    case "call":
      return call(
        expression.name,
        expression.of.map((one) => textOf(valueOf(row, one))),
      );
  }
}

function call(name: string, [text = "", separator = ""]: string[]): unknown {
  switch (name) {
    case "split":
      return text.split(separator);
    case "tolower":
      return text.toLowerCase();
    case "toupper":
      return text.toUpperCase();
    default:
      return text;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : value === null ? "" : JSON.stringify(value);
}
