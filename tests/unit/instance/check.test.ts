import fc from "fast-check";
import { check } from "../../../provider/instance/check";
import type { Untrusted } from "../../../provider/azure/json";
import { unknownValue } from "../../../provider/lifecycle/unknownValues";
import { diskId, policyId, storageAccountId, vaultId } from "../declaration";
import { disk, withContainers, withDisk } from "./untrusted";

describe("check", () => {
  it.each(["abc", "a1-b2-c3", "$root", "$web", "a".repeat(63)])("accepts the container name %p", (name) => {
    expect(check(withContainers([name])).failures).toEqual([]);
  });

  it("fills in name, friendly name and id, the same on every run", () => {
    const { inputs, failures } = check(disk);
    expect(failures).toEqual([]);
    expect(inputs).toEqual({
      ...disk,
      name: "data-f825fa2a-00b0-5f3f-908f-34b760458aab",
      friendlyName: "data",
      backupInstanceId: `${vaultId}/backupInstances/${inputs.name}`,
    });
  });

  it("gives the same name to every spelling of a datasource's id", () => {
    expect(check(withDisk({ diskId: diskId.toUpperCase() })).inputs.name).toBe(check(disk).inputs.name);
  });

  it("gives different names to different datasources", () => {
    expect(check(withDisk({ diskId: `${diskId}2` })).inputs.name).not.toBe(check(disk).inputs.name);
  });

  it("keeps what was declared", () => {
    const declared = { ...disk, name: "mine", friendlyName: "Mine", timeouts: { create: "1h30m" } };
    expect(check(declared)).toEqual({
      inputs: { ...declared, backupInstanceId: `${vaultId}/backupInstances/mine` },
      failures: [],
    });
  });

  describe("never judges what is not known yet", () => {
    it.each<[what: string, inputs: Untrusted]>([
      ["the vault", { ...disk, vaultId: unknownValue }],
      ["the policy", { ...disk, policyId: unknownValue }],
      ["the datasource", { ...disk, datasource: unknownValue }],
      ["its kind", { ...disk, datasource: { kind: unknownValue } }],
      ["the disk", withDisk({ diskId: unknownValue })],
      ["the snapshot group", withDisk({ snapshotResourceGroupId: unknownValue })],
      ["the account", { ...disk, datasource: { kind: "blob", storageAccountId: unknownValue } }],
      ["the containers", withContainers(unknownValue)],
      ["a container", withContainers(["abc", unknownValue])],
      ["the name", { ...disk, name: unknownValue }],
      ["the friendly name", { ...disk, friendlyName: unknownValue }],
      ["the timeouts", { ...disk, timeouts: unknownValue }],
      ["a timeout", { ...disk, timeouts: { create: unknownValue } }],
    ])("%s", (_what, inputs) => {
      expect(check(inputs).failures).toEqual([]);
    });

    it("so the name is known when only the vault is not, and the id is not", () => {
      const { inputs } = check({ ...disk, vaultId: unknownValue });
      expect(inputs.name).toBe(check(disk).inputs.name);
      expect(inputs.backupInstanceId).toBe(unknownValue);
    });
  });

  it("answers to any JSON, and changes none of it", () => {
    fc.assert(
      fc.property(
        fc.record(
          {
            vaultId: fc.oneof(fc.constant(vaultId), fc.jsonValue()),
            policyId: fc.oneof(fc.constant(policyId), fc.jsonValue()),
            datasource: fc.oneof(
              fc.record({
                kind: fc.constantFrom("disk", "blob"),
                diskId: fc.jsonValue(),
                storageAccountId: fc.constant(storageAccountId),
                containers: fc.jsonValue(),
              }),
              fc.jsonValue(),
            ),
            name: fc.jsonValue(),
            friendlyName: fc.jsonValue(),
            timeouts: fc.jsonValue(),
          },
          { requiredKeys: [] },
        ),
        (inputs) => {
          const before = structuredClone(inputs);
          check(inputs);
          expect(inputs).toEqual(before);
        },
      ),
    );
  });
});
