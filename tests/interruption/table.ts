import { describeWithPulumi } from "../engine/withPulumi";
import { isMatch, pathOf } from "./ambush";
import { interruptions } from "./interruptions";
import type { Aftermath, Row } from "./rehearsal";
import { Rehearsal } from "./rehearsal";
import { operationNames, steps } from "./steps";
import type { OperationName } from "./steps";

/** A row takes seconds with two to five runs of the engine, and more on a busy machine. */
const limitInMs = 120_000;

/**
 * What an operation changes, interrupted or not. Two requests may be sent twice, to the same effect. An update shows the
 * policy that was until its operation has ended, so a run that comes in between sends the same PUT again. A resumption is
 * answered 200 at once when there is nothing to resume (recording softdelete 4).
 */
const lawfulEffects: Record<OperationName, string[][]> = {
  create: [["PUT"]],
  update: [["PUT"], ["PUT", "PUT"]],
  delete: [["DELETE"]],
  recovery: [
    ["POST undelete", "POST resumeProtection"],
    ["POST undelete", "POST resumeProtection", "POST resumeProtection"],
  ],
  replacement: [["DELETE", "PUT"]],
};

/** All rows of an operation: each of its steps with each interruption. */
export function rowsOf(operation: OperationName): Row[] {
  return steps[operation].flatMap((step) =>
    interruptions.map((interruption) => ({ operation, step, interruption })),
  );
}

/** The row of that operation, step and interruption, by their names. */
export function rowOf(operation: OperationName, stepName: string, interruptionName: string): Row {
  const row = rowsOf(operation).find(
    ({ step, interruption }) => step.name === stepName && interruption.name === interruptionName,
  );
  if (row === undefined) {
    throw new Error(`the table has no row "${operation}, ${stepName}: ${interruptionName}"`);
  }
  return row;
}

/** Defines one test for each row: the run after an interruption ends as if there had been none. Prints their number. */
export function describeInterruptions(rows: readonly Row[]): void {
  describeRehearsal("the run after an interruption", (rehearsal) => {
    const seen: Aftermath[] = [];
    afterAll(() => {
      process.stdout.write(`${figuresOf(rows, seen)}\n`);
    });

    const titled = rows.map((row) => [row.operation, row.step.name, row.interruption.name, row] as const);
    it.each(titled)("%s, %s: %s", async (operation, _step, _interruption, row) => {
      const { instanceId, aftermath } = await rehearsal().rehearse(row);
      const there = operation === "delete" ? {} : { [instanceId]: "ProtectionConfigured" };
      const { isCreating = operation === "create" || operation === "recovery" } = row.step;
      expect(aftermath).toEqual({
        errors: [],
        wasLocked: row.interruption.isLocking,
        effects: expect.anything(),
        inService: there,
        inState: there,
        pending: isCreating && row.interruption.leavesPending ? ["creating"] : [],
      });
      expect(lawfulEffects[operation]).toContainEqual(aftermath.effects);
      seen.push(aftermath);
    });
  });
}

/** Defines a test that no request of an operation was forgotten in the table. */
export function describeCoverage(): void {
  describeRehearsal("the table of steps", (rehearsal) => {
    it.each(operationNames)("has every request of a %s", async (operation) => {
      const ours = (await rehearsal().record(operation)).filter((exchange) =>
        /^\/subscriptions\/|\/token$/.test(pathOf(exchange)),
      );
      const all = Object.values(steps).flat();
      const forgotten = ours.filter((exchange) => !all.some(({ at }) => isMatch(at, exchange)));
      expect(forgotten.map((exchange) => `${exchange.method} ${pathOf(exchange)}`)).toEqual([]);
      const untouched = steps[operation].filter(({ at }) => !ours.some((exchange) => isMatch(at, exchange)));
      expect(untouched).toEqual([]);
    });
  });
}

/** A `describe` with a rehearsal that is open while its tests run. */
export function describeRehearsal(name: string, define: (rehearsal: () => Rehearsal) => void): void {
  describeWithPulumi(name, (_pulumi, cliRoot) => {
    let rehearsal: Rehearsal;

    jest.setTimeout(limitInMs);
    beforeAll(async () => {
      rehearsal = await Rehearsal.open(cliRoot);
    });
    afterAll(async () => {
      await rehearsal.close();
    });

    define(() => rehearsal);
  });
}

function figuresOf(rows: readonly Row[], seen: readonly Aftermath[]): string {
  const names = [...new Set(rows.map(({ operation }) => operation))].join(", ");
  const places = new Set(rows.map(({ operation, step }) => `${operation} ${step.name}`)).size;
  const ways = new Set(rows.map(({ interruption }) => interruption.name)).size;
  const locked = seen.filter(({ wasLocked }) => wasLocked).length;
  const pending = seen.filter(({ pending: left }) => left.length > 0).length;
  return (
    `interrupted (${names}): ${rows.length} runs, at ${places} steps, in ${ways} ways; as if never interrupted after the ` +
    `next run: ${seen.length} (after pulumi cancel: ${locked}; with a pending create left in state: ${pending})`
  );
}
