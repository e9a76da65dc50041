import * as fc from "fast-check";
import { shortestTimes } from "../../emulator";
import type { ProtectionWork } from "../../emulator";
import { Pace } from "../../emulator/pace";

const secondsUntilAll = (work: ProtectionWork): number => Math.max(...shortestTimes(work).protected) / 1000;

describe("the shortest time to protection", () => {
  it("is validation, PUT and configuration where nothing else holds it up", () => {
    expect(secondsUntilAll({ instanceCount: 1 })).toBe(12 + 1 + 30);
    expect(secondsUntilAll({ instanceCount: 500 })).toBe(12 + 1 + 30);
  });

  it("waits until roles count that are assigned first", () => {
    expect(secondsUntilAll({ instanceCount: 20, assignsRoles: true })).toBe(20 + 1 + 30);
  });

  it("obeys a Retry-After that is longer than the validation", () => {
    const quick = new Pace(1, { validation: 2_000 });
    expect(shortestTimes({ instanceCount: 1 }, quick).validated).toEqual([10_000]);
  });

  it("is the service's pace, made faster", () => {
    expect(shortestTimes({ instanceCount: 1 }, new Pace(10)).protected).toEqual([4_300]);
  });

  it.each([
    [100, 43],
    // 1000 writes: 200 are in the bucket, and the others flow in at ten a second.
    [500, 80 + 31],
  ])("has the buckets of a subscription hold up the writes of %d instances", (instanceCount, seconds) => {
    expect(secondsUntilAll({ instanceCount, enforceThrottling: true })).toBeCloseTo(seconds, 6);
  });

  it("is never shorter with more to do, with roles to assign, or with buckets", () => {
    const anyWork = fc.record({
      instanceCount: fc.integer({ min: 1, max: 400 }),
      assignsRoles: fc.boolean(),
      enforceThrottling: fc.boolean(),
    });
    fc.assert(
      fc.property(anyWork, (work) => {
        const seconds = secondsUntilAll(work);
        const rounding = 1e-6;
        const more = secondsUntilAll({ ...work, instanceCount: work.instanceCount + 1 });
        expect(more).toBeGreaterThanOrEqual(seconds - rounding);
        for (const simpler of [{ assignsRoles: false }, { enforceThrottling: false }]) {
          expect(secondsUntilAll({ ...work, ...simpler })).toBeLessThanOrEqual(seconds + rounding);
        }
      }),
    );
  });
});
