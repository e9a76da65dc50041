import fc from "fast-check";
import type {
  BlobPolicyArgs,
  DataLakePolicy,
  DiskPolicyArgs,
  Policy,
  VaultedBackupArgs,
} from "../../../components";
import { blobPolicy, dataLakePolicy, diskPolicy } from "../../../components";
import type { TimeOfDay } from "../../../components";
import { policyNameOf } from "../../../components/policies/policyName";
import { Landscape } from "../../emulator/landscape";

const twoDigits = (number: number): string => String(number).padStart(2, "0");
const timeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]): TimeOfDay => `${twoDigits(hour)}:${twoDigits(minute)}` as TimeOfDay);
const timeZone = fc.constantFrom(undefined, "UTC", "W. Europe Standard Time", "India Standard Time");
const days = (most: number): fc.Arbitrary<`${number} days` | `P${number}D`> =>
  fc.oneof(
    fc.integer({ min: 1, max: most }).map((count) => `${count} days` as const),
    fc.integer({ min: 1, max: most }).map((count) => `P${count}D` as const),
  );
const orNothing = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const disk = fc.record<DiskPolicyArgs>({
  every: fc.constantFrom(
    "1 hour",
    "2 hours",
    "4 hours",
    "6 hours",
    "8 hours",
    "12 hours",
    "1 day",
    "PT4H",
    "P1D",
  ),
  at: timeOfDay,
  timeZone,
  keep: days(400),
  daily: orNothing(days(400)),
  weekly: orNothing(fc.integer({ min: 1, max: 60 }).map((count) => `${count} weeks` as const)),
});

const daysOfWeek = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;
const tiers = {
  keep: days(4_000),
  weekly: orNothing(days(4_000)),
  monthly: orNothing(fc.integer({ min: 1, max: 130 }).map((count) => `${count} months` as const)),
  yearly: orNothing(fc.integer({ min: 1, max: 11 }).map((count) => `${count} years` as const)),
};
const vaulted: fc.Arbitrary<VaultedBackupArgs> = fc.oneof(
  fc.record({
    every: fc.constantFrom("1 day" as const, "P1D" as const),
    at: fc.uniqueArray(timeOfDay, { minLength: 1, maxLength: 6 }),
    timeZone,
    ...tiers,
  }),
  fc.record({
    every: fc.constantFrom("1 week" as const, "P1W" as const),
    at: timeOfDay,
    on: fc.uniqueArray(fc.constantFrom(...daysOfWeek), { minLength: 1 }),
    timeZone,
    ...tiers,
  }),
);
const operational = fc.record({ keep: days(400) });
const blob: fc.Arbitrary<BlobPolicyArgs> = fc.oneof(
  fc.record({ operational }),
  fc.record({ vaulted }),
  fc.record({ operational, vaulted }),
);

/** The policy, or nothing where the declaration is refused. */
function declared<Args, Declared extends Policy>(
  declare: (args: Args) => Declared,
  args: Args,
): Declared | undefined {
  try {
    return declare(args);
  } catch (error) {
    expect(String(error)).toMatch(/^Error: declaring a backup policy: \w+(\.\w+)*: /);
    return undefined;
  }
}

describe("whatever is declared", () => {
  let landscape: Landscape;

  beforeAll(async () => {
    landscape = await Landscape.start();
  });
  afterAll(() => landscape.stop());

  const isTaken = async (policy: Policy | undefined): Promise<void> => {
    if (policy === undefined) {
      return;
    }
    const id = `${landscape.vaultId}/backupPolicies/${policyNameOf("any", policy)}`;
    const { status, body } = await landscape.client.put(id, { properties: policy.properties });
    expect([status, body.properties]).toEqual([200, policy.properties]);
  };

  it("the service takes it, or it is refused with its property: disks", async () => {
    await fc.assert(fc.asyncProperty(disk, (args) => isTaken(declared(diskPolicy, args))));
  });

  it("the service takes it, or it is refused with its property: blobs", async () => {
    await fc.assert(fc.asyncProperty(blob, (args) => isTaken(declared(blobPolicy, args))));
  });

  it("the service takes it, or it is refused with its property: Data Lake accounts", async () => {
    await fc.assert(
      fc.asyncProperty(vaulted, (args) =>
        isTaken(declared<VaultedBackupArgs, DataLakePolicy>(dataLakePolicy, args)),
      ),
    );
  });

  it("is accepted often enough for that to mean something", () => {
    const accepted = (sample: (Policy | undefined)[]): number =>
      sample.filter((policy) => policy !== undefined).length;
    const options = { numRuns: 300, seed: 1 };
    expect(accepted(fc.sample(disk, options).map((args) => declared(diskPolicy, args)))).toBeGreaterThan(20);
    expect(accepted(fc.sample(blob, options).map((args) => declared(blobPolicy, args)))).toBeGreaterThan(20);
  });
});
