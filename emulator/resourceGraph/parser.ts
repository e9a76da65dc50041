import { ArmError, badRequest } from "../arm/errors";

/** A value in a query: of a row, or given. */
export type Expression =
  | { kind: "literal"; value: string | number | boolean }
  | { kind: "column"; name: string }
  | { kind: "member"; of: Expression; name: Expression }
  | { kind: "call"; name: string; of: Expression[] };

export type Condition =
  | { kind: "all" | "any"; of: Condition[] }
  | { kind: "not"; of: Condition }
  | { kind: "compare"; left: Expression; operator: string; right: Expression[] };

export type Step =
  | { kind: "where"; condition: Condition }
  | { kind: "extend" | "project"; columns: { name: string; value: Expression }[] }
  | { kind: "take"; count: number }
  | { kind: "count" };

export interface Query {
  table: string;
  steps: Step[];
}

const comparisons = ["==", "!=", "=~", "!~", "contains", "startswith", "endswith", "has"];
const memberships = ["in", "in~", "!in", "!in~"];
export const functions = ["split", "tolower", "toupper", "tostring"];
const operators = ["where", "extend", "project", "take", "limit", "count"];
const token =
  /\s*(?:('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(\d+)|(!?in~|!?in\b|==|!=|=~|!~|\w+|[|().,[\]=]))/y;

/**
 * Reads a query of Azure Resource Graph, as far as one is covered: a table, and steps that choose rows and columns.
 *
 * @throws ArmError 501 that names what is not covered, 400 for what is no query at all.
 */
export function parseQuery(text: string): Query {
  return new Parser(tokensOf(text)).query();
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = token.lastIndex) {
    const found = token.exec(text);
    if (!found) {
      throw notCoveredInQuery(text.slice(end).trim().split(/\s/)[0]!);
    }
    tokens.push(found[0].trim());
  }
  return tokens;
}

function notCoveredInQuery(what: string): ArmError {
  return new ArmError(
    501,
    "NotCoveredByEmulator",
    `The emulator does not cover '${what}' in a query of Azure Resource Graph. It covers ${operators.join(", ")} with ` +
      `${[...comparisons, ...memberships].join(", ")}, and, or, not, and ${functions.join(", ")}.`,
  );
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  query(): Query {
    const table = this.next();
    const steps: Step[] = [];
    while (this.position < this.tokens.length) {
      this.expect("|");
      steps.push(this.step());
    }
    return { table, steps };
  }

  private step(): Step {
    const operator = this.next();
    switch (operator) {
      case "where":
        return { kind: "where", condition: this.any() };
      case "extend":
      case "project":
        return { kind: operator, columns: this.list(() => this.column()) };
      case "take":
      case "limit":
        return { kind: "take", count: Number(this.next()) };
      case "count":
        return { kind: "count" };
      default:
        throw notCoveredInQuery(operator);
    }
  }

  private column(): { name: string; value: Expression } {
    const name = this.next();
    return { name, value: this.takes("=") ? this.expression() : { kind: "column", name } };
  }

  private any(): Condition {
    const of = [this.all()];
    while (this.takes("or")) {
      of.push(this.all());
    }
    return of.length === 1 ? of[0]! : { kind: "any", of };
  }

  private all(): Condition {
    const of = [this.single()];
    while (this.takes("and")) {
      of.push(this.single());
    }
    return of.length === 1 ? of[0]! : { kind: "all", of };
  }

  private single(): Condition {
    if (this.takes("not")) {
      return { kind: "not", of: this.inBrackets(() => this.any()) };
    }
    if (this.peek() === "(") {
      return this.inBrackets(() => this.any());
    }
    const left = this.expression();
    const operator = this.next();
    if (memberships.includes(operator)) {
      return {
        kind: "compare",
        left,
        operator,
        right: this.inBrackets(() => this.list(() => this.expression())),
      };
    }
    if (!comparisons.includes(operator)) {
      throw notCoveredInQuery(operator);
    }
    return { kind: "compare", left, operator, right: [this.expression()] };
  }

  private expression(): Expression {
    let expression = this.primary();
    for (;;) {
      if (this.takes(".")) {
        expression = { kind: "member", of: expression, name: { kind: "literal", value: this.next() } };
      } else if (this.takes("[")) {
        expression = { kind: "member", of: expression, name: this.expression() };
        this.expect("]");
      } else {
        return expression;
      }
    }
  }

  private primary(): Expression {
    const first = this.next();
    if (/^['"]/.test(first)) {
      return { kind: "literal", value: first.slice(1, -1).replace(/\\(.)/g, "$1") };
    }
    if (/^\d+$/.test(first)) {
      return { kind: "literal", value: Number(first) };
    }
    if (first === "true" || first === "false") {
      return { kind: "literal", value: first === "true" };
    }
    if (this.peek() !== "(") {
      return { kind: "column", name: first };
    }
    if (!functions.includes(first)) {
      throw notCoveredInQuery(first);
    }
    return { kind: "call", name: first, of: this.inBrackets(() => this.list(() => this.expression())) };
  }

  private inBrackets<Inner>(read: () => Inner): Inner {
    this.expect("(");
    const inner = read();
    this.expect(")");
    return inner;
  }

  private list<Item>(read: () => Item): Item[] {
    const items = [read()];
    while (this.takes(",")) {
      items.push(read());
    }
    return items;
  }

  private peek(): string | undefined {
    return this.tokens[this.position];
  }

  private takes(expected: string): boolean {
    const isThere = this.peek() === expected;
    this.position += isThere ? 1 : 0;
    return isThere;
  }

  private expect(expected: string): void {
    if (!this.takes(expected)) {
      throw invalidQuery(`'${expected}' is expected where '${this.peek() ?? "the end"}' is`);
    }
  }

  private next(): string {
    const next = this.tokens[this.position++];
    if (next === undefined) {
      throw invalidQuery("the query ends too early");
    }
    return next;
  }
}

/** The service's code for a query that does not parse (Microsoft's page on troubleshooting Resource Graph). */
export function invalidQuery(reason: string): ArmError {
  return badRequest("BadRequest", `Query is invalid: ${reason}.`);
}
