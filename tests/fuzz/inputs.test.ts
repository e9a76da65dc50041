import "./seed";
import fc from "fast-check";
import { check } from "../../provider/instance/check";
import { diff } from "../../provider/instance/diff";
import type { Untrusted } from "../../provider/azure/json";
import type { CheckedInputs, InstanceOutputs } from "../../provider/instance/inputs";
import { isUnknown } from "../../provider/lifecycle/unknownValues";
import { blobDeclaration, diskDeclaration } from "../unit/declaration";
import { anyJson, frozen, spoilt } from "./hostileJson";

const options = {
  name: "chosen",
  friendlyName: "shown",
  timeouts: { create: "45m", update: "1h30m", delete: "90s" },
  onDelete: "retain",
  recoverSoftDeleted: true,
  healDrift: false,
  validateOnPreview: false,
  takeOverFrom: "project/stack",
};

/** What a program may send: good declarations, good ones with something wrong in them, and anything at all. */
const declarations: fc.Arbitrary<Untrusted> = fc
  .oneof(
    { weight: 4, arbitrary: spoilt({ ...diskDeclaration, ...options }) },
    { weight: 4, arbitrary: spoilt({ ...blobDeclaration(["invoices", "contracts"]), ...options }) },
    { weight: 1, arbitrary: anyJson },
  )
  .filter((value): value is Untrusted => typeof value === "object" && value !== null && !Array.isArray(value))
  .map(frozen);

const runs = { numRuns: 3_000 };

describe("check", () => {
  it("judges any inputs without failing, and leaves them as they were", () => {
    fc.assert(
      fc.property(declarations, (news) => {
        for (const { property, reason } of check(news).failures) {
          expect(property).not.toBe("");
          expect(reason).not.toMatch(/undefined|\[object/);
        }
      }),
      runs,
    );
  });

  it("finds nothing to object in what it completed itself", () => {
    fc.assert(
      fc.property(declarations, (news) => {
        const { inputs, failures } = check(news);
        if (failures.length === 0) {
          const { backupInstanceId: _, ...declared } = inputs;
          expect(check({ ...declared })).toEqual({ inputs, failures: [] });
        }
      }),
      runs,
    );
  });
});

describe("diff", () => {
  const stateOf = (inputs: CheckedInputs): InstanceOutputs => ({
    ...inputs,
    protectionState: "ProtectionConfigured",
    provisioningState: "Succeeded",
  });

  it("finds no difference between the same inputs, whatever they are", () => {
    let compared = 0;
    fc.assert(
      fc.property(declarations, (news) => {
        const [before, after] = [check(news), check(structuredClone(news))];
        if (!isUnknown(after.inputs)) {
          compared++;
          expect(diff(frozen(stateOf(before.inputs)), frozen(after.inputs))).toMatchObject({
            changes: false,
            replaces: [],
          });
        }
      }),
      runs,
    );
    expect(compared).toBeGreaterThan(runs.numRuns / 4);
  });

  it("compares any two inputs without failing, and replaces only what has changed", () => {
    fc.assert(
      fc.property(declarations, declarations, (before, after) => {
        const [olds, news] = [stateOf(check(before).inputs), check(after).inputs];
        const { changes, replaces } = diff(frozen(olds), frozen(news));
        expect(replaces.length === 0 || changes).toBe(true);
      }),
      runs,
    );
  });
});
