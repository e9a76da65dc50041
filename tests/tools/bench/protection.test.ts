import { evidenceOf } from "../../../tools/bench/evidence";
import type { Evidence } from "../../../tools/bench/evidence";
import { figuresOf } from "../../../tools/bench/protection";
import type { EngineMoments } from "../../../tools/bench/stage";
import { Landscape } from "../../emulator/landscape";

const vaultId = "/subscriptions/s/resourceGroups/g/providers/Microsoft.DataProtection/backupVaults/v";
const instanceType = "pulumi-nodejs:dynamic/azure-dataprotection:BackupInstance";

/** Two instances whose updates began at 1000: one without incident, the other refused once by a bucket. */
function twoInstances(): { moments: EngineMoments; evidence: Evidence } {
  const begin = { id: "", type: instanceType };
  return {
    moments: {
      calledAt: 0,
      begun: [
        { id: "", type: "pulumi:pulumi:Stack", at: 500 },
        { ...begin, at: 1_000 },
        { ...begin, at: 1_100 },
      ],
      done: [
        { id: `${vaultId}/backupInstances/ONE`, type: instanceType, at: 45_000 },
        { id: `${vaultId}/backupInstances/two`, type: instanceType, at: 48_000 },
        { id: "stack", type: "pulumi:pulumi:Stack", at: 60_000 },
      ],
      summedUpAt: 61_000,
      changes: { create: 2 },
    },
    evidence: {
      requests: [
        { kind: "sign-in", at: 1_000, status: 200 },
        { kind: "validate", at: 1_000, status: 202, diskId: "one" },
        { kind: "validate", at: 2_000, status: 202, diskId: "two" },
        { kind: "PUT", at: 13_000, status: 201, diskId: "one", instanceId: `${vaultId}/backupInstances/one` },
        { kind: "PUT", at: 14_000, status: 429, diskId: "two", instanceId: `${vaultId}/backupInstances/two` },
        { kind: "PUT", at: 15_000, status: 201, diskId: "two", instanceId: `${vaultId}/backupInstances/two` },
      ],
      protectedAt: [
        [`${vaultId}/backupInstances/one`, 44_000],
        [`${vaultId}/backupInstances/two`, 46_000],
      ],
      load: { busyShare: 0.1, longestStallInMachineMs: 1 },
    },
  };
}

describe("the figures of a run", () => {
  it("count from the first resource of the service to the last that the engine has from the provider", () => {
    const { moments, evidence } = twoInstances();
    const figures = figuresOf({ instanceCount: 2, assignsRoles: false }, moments, evidence);
    expect(figures).toMatchObject({
      engineStartInMs: 1_000,
      measuredInMs: 47_000,
      shortestInMs: 43_000,
      ratio: 47 / 43,
      lagInMs: { median: 2_000, worst: 2_000 },
      requestsPerInstance: { "sign-in": 0.5, validate: 1, PUT: 1.5 },
      refusedByBuckets: 1,
    });
  });

  it("tell each instance's story by the PUT that was accepted", () => {
    const { moments, evidence } = twoInstances();
    const { stories } = figuresOf({ instanceCount: 2, assignsRoles: false }, moments, evidence);
    expect(stories).toEqual([
      { validations: [0], put: 12_000, protected: 43_000, done: 44_000 },
      { validations: [1_000], put: 14_000, protected: 45_000, done: 47_000 },
    ]);
  });

  it("are refused when not all were protected", () => {
    const { moments, evidence } = twoInstances();
    const fewer = { ...evidence, protectedAt: evidence.protectedAt.slice(1) };
    expect(() => figuresOf({ instanceCount: 2, assignsRoles: false }, moments, fewer)).toThrow(
      "1 of 2 disks were protected",
    );
  });
});

describe("the evidence of an emulator", () => {
  it("says what each request was for, and about which disk", async () => {
    const landscape = await Landscape.start();
    await landscape.grant();
    const before = landscape.emulator.exchanges.length;
    const properties = landscape.diskInstance();
    const validation = await landscape.client.post(`${landscape.vaultId}/validateForBackup`, {
      backupInstance: properties,
    });
    await landscape.client.get(validation.headers["azure-asyncoperation"]!);
    const put = await landscape.client.put(`${landscape.vaultId}/backupInstances/one`, { properties });
    await landscape.client.get(put.headers["azure-asyncoperation"]!);
    const putAt = Date.parse(landscape.emulator.exchanges.at(-1)!.startedAt);
    landscape.passInSeconds(31);
    await landscape.client.get(`${landscape.vaultId}/backupInstances/one`);
    await landscape.client.get(`${landscape.vaultId}/backupInstances`);
    await landscape.client.get(landscape.vaultId);

    const { requests, protectedAt } = evidenceOf(landscape.emulator, {
      busyShare: 0,
      longestStallInMachineMs: 0,
    });
    const { diskId } = landscape;
    const instanceId = `${landscape.vaultId}/backupInstances/one`;
    expect(requests[0]).toMatchObject({ kind: "sign-in", status: 200 });
    expect(requests.slice(before)).toMatchObject([
      { kind: "validate", status: 202, diskId },
      { kind: "look at validation", diskId },
      { kind: "PUT", status: 201, diskId, instanceId },
      { kind: "look at PUT", diskId },
      { kind: "look at instance", diskId, instanceId },
      { kind: "list vault" },
      { kind: "other" },
    ]);
    expect(protectedAt).toEqual([[instanceId, putAt + 31_000]]);
    await landscape.stop();
  });
});
