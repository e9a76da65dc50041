import fc from "fast-check";
import { diff, unknownNotice } from "../../../provider/instance/diff";
import type { CheckedInputs, InstanceOutputs } from "../../../provider/instance/inputs";
import { unknownValue } from "../../../provider/lifecycle/unknownValues";
import {
  blobDeclaration,
  checkedDisk,
  diskId,
  policyId,
  snapshotResourceGroupId,
  storageAccountId,
  vaultId,
} from "../declaration";

const state: InstanceOutputs = {
  ...checkedDisk,
  protectionState: "ProtectionConfigured",
  provisioningState: "Succeeded",
};
const disk = checkedDisk.datasource as { kind: "disk"; diskId: string; snapshotResourceGroupId: string };
const blob = (containers?: string[]): CheckedInputs => ({ ...checkedDisk, ...blobDeclaration(containers) });
const blobState = (containers?: string[]): InstanceOutputs => ({ ...state, ...blobDeclaration(containers) });

describe("diff", () => {
  it.each<[what: string, olds: InstanceOutputs, news: CheckedInputs, replaces: string[]]>([
    ["another vault", state, { ...checkedDisk, vaultId: `${vaultId}2` }, ["vaultId"]],
    ["another name", state, { ...checkedDisk, name: "other" }, ["name"]],
    [
      "another disk",
      state,
      { ...checkedDisk, datasource: { ...disk, diskId: `${diskId}2` } },
      ["datasource"],
    ],
    [
      "another snapshot group",
      state,
      { ...checkedDisk, datasource: { ...disk, snapshotResourceGroupId: `${snapshotResourceGroupId}2` } },
      ["datasource"],
    ],
    ["another kind", state, blob(), ["datasource"]],
    [
      "another account",
      blobState(),
      { ...blob(), datasource: { kind: "blob", storageAccountId: `${storageAccountId}2` } },
      ["datasource"],
    ],
  ])("replaces, the old one first, for %s", (_what, olds, news, replaces) => {
    expect(diff(olds, news)).toEqual({ changes: true, replaces, deleteBeforeReplace: true });
  });

  it.each<[what: string, olds: InstanceOutputs, news: CheckedInputs]>([
    ["another policy", state, { ...checkedDisk, policyId: `${policyId}2` }],
    ["another friendly name", state, { ...checkedDisk, friendlyName: "other" }],
    ["another end", state, { ...checkedDisk, onDelete: "retain" }],
    ["another answer to soft-deleted instances", state, { ...checkedDisk, recoverSoftDeleted: false }],
    ["another answer to failures", state, { ...checkedDisk, onFailure: "report" }],
    ["another timeout", state, { ...checkedDisk, timeouts: { create: "1h" } }],
    ["another text of the provider", state, { ...checkedDisk, __provider: "other" }],
    ["one more container", blobState(["abc"]), blob(["abc", "def"])],
    ["the first containers", blobState(), blob(["abc"])],
    ["no containers any more", blobState(["abc"]), blob()],
    ["a second container that is not known yet", blobState(["abc"]), blob(["abc", unknownValue])],
    [
      "another policy, beside a vault that is not known yet",
      state,
      { ...checkedDisk, vaultId: unknownValue, policyId: `${policyId}2` },
    ],
  ])("updates in place for %s", (_what, olds, news) => {
    expect(diff(olds, news)).toMatchObject({ changes: true, replaces: [] });
  });

  it.each<[what: string, olds: InstanceOutputs, news: CheckedInputs]>([
    ["nothing", state, checkedDisk],
    ["the casing of the vault's id", state, { ...checkedDisk, vaultId: vaultId.toUpperCase() }],
    ["the casing of the policy's id", state, { ...checkedDisk, policyId: policyId.toLowerCase() }],
    [
      "the casing of the disk's id",
      state,
      { ...checkedDisk, datasource: { ...disk, diskId: diskId.toUpperCase() } },
    ],
    ["the order of the containers", blobState(["abc", "def"]), blob(["def", "abc"])],
    [
      "the spelling of the location",
      state,
      { ...checkedDisk, datasource: { ...disk, location: "westeurope" } },
    ],
  ])("finds no change when the difference is %s", (_what, olds, news) => {
    expect(diff(olds, news)).toEqual({ changes: false, replaces: [], deleteBeforeReplace: true });
  });

  it.each<[what: string, olds: InstanceOutputs, news: CheckedInputs, notice: RegExp | undefined]>([
    [
      "a vault",
      state,
      { ...checkedDisk, vaultId: unknownValue, backupInstanceId: unknownValue },
      /^vaultId: known in the update only.*the update replaces this/,
    ],
    [
      "a disk, from which the name follows",
      state,
      { ...checkedDisk, name: unknownValue, datasource: { ...disk, diskId: unknownValue } },
      /^datasource\.diskId: .*the update replaces this/,
    ],
    [
      "the whole datasource",
      state,
      { ...checkedDisk, datasource: unknownValue as never },
      /^datasource: .*the update replaces this/,
    ],
    ["a name", state, { ...checkedDisk, name: unknownValue }, /^name: .*the update replaces this/],
    ["a policy", state, { ...checkedDisk, policyId: unknownValue }, /^policyId: .*the update changes this/],
    [
      "a container",
      blobState(["abc"]),
      blob([unknownValue]),
      /^datasource\.containers\.0: .*the update changes this/,
    ],
    [
      "a region, which is not compared",
      state,
      { ...checkedDisk, datasource: { ...disk, location: unknownValue } },
      undefined,
    ],
  ])("announces nothing for %s that is not known yet, and says so", (_what, olds, news, notice) => {
    expect(diff(olds, news)).toMatchObject({ changes: false, replaces: [] });
    expect(unknownNotice(news)).toEqual(notice && expect.stringMatching(notice));
  });

  it("finds no change between a state and the declaration that it came from", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{3,20}$/), { minLength: 1 }), (containers) => {
        expect(diff(blobState(containers), blob(containers.toReversed())).changes).toBe(false);
      }),
    );
  });
});
