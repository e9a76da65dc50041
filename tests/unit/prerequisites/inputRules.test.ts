import fc from "fast-check";
import { noSubscription } from "../../../provider/dataProtection/resourceNames";
import { unknownValue } from "../../../provider/lifecycle/unknownValues";
import { inputProblems } from "../../../provider/prerequisites/inputRules";
import type { PrerequisiteInputs, PrerequisiteKind } from "../../../provider/prerequisites/inputs";
import { acceptedInputs, withRefusal } from "../../../provider/prerequisites/refusal";
import { diskId, vaultId } from "../declaration";

const groupId = "/subscriptions/s/resourceGroups/shop";
const principalId = "99999999-9999-4999-8999-999999999999";
const roleOn = (scope: string): string => `${scope}/providers/Microsoft.Authorization/roleAssignments/r`;

const good: Record<PrerequisiteKind, PrerequisiteInputs> = {
  resourceGroup: { sort: "resourceGroup", resourceId: groupId },
  backupVault: { sort: "backupVault", resourceId: vaultId },
  resourceGuardProxy: {
    sort: "resourceGuardProxy",
    resourceId: `${vaultId}/backupResourceGuardProxies/DppResourceGuardProxy`,
  },
  backupPolicy: { sort: "backupPolicy", resourceId: `${vaultId}/backupPolicies/daily` },
  roleAssignment: {
    sort: "roleAssignment",
    resourceId: roleOn(diskId),
    properties: { principalId },
    neededBy: { vaultId },
  },
};

const changed = (sort: PrerequisiteKind, changes: object): PrerequisiteInputs => ({
  ...good[sort],
  ...changes,
});
const groupNamed = (name: string): PrerequisiteInputs =>
  changed("resourceGroup", { resourceId: `/subscriptions/s/resourceGroups/${name}` });
const vaultNamed = (name: string): PrerequisiteInputs =>
  changed("backupVault", {
    resourceId: `${groupId}/providers/Microsoft.DataProtection/backupVaults/${name}`,
  });
const identityId = `${groupId}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/backups`;

describe("what prerequisites are made of", () => {
  it.each(Object.values(good))("is accepted as it is meant: $sort", (inputs) => {
    expect(inputProblems(inputs)).toEqual([]);
    expect(inputProblems({ ...inputs, resourceId: unknownValue, properties: undefined }).length).toBe(
      inputs.sort === "roleAssignment" ? 1 : 0,
    );
  });

  it.each<[what: string, inputs: PrerequisiteInputs, property: string, reason: RegExp]>([
    [
      "a group's name with a space",
      groupNamed("my data"),
      "resourceGroupName",
      /"my data" is no name of a resource group/,
    ],
    ["a group's name with a slash", groupNamed("my/data"), "resourceGroupName", /"my\/data" is no name/],
    ["a group's name with a dot at its end", groupNamed("data."), "resourceGroupName", /"data\." is no name/],
    ["a group's name that is too long", groupNamed("g".repeat(91)), "resourceGroupName", /up to 90 letters/],
    ["a group without a name", groupNamed(""), "resourceGroupName", /"" is no name/],
    [
      "a group in no subscription",
      changed("resourceGroup", { resourceId: `/subscriptions/${noSubscription("no/id")}/resourceGroups/g` }),
      "subscriptionId",
      /"no\/id" is not an ARM id/,
    ],
    ["a vault's name with a slash", vaultNamed("my/vault"), "vaultName", /"my\/vault" is no name of a vault/],
    ["a vault's name with an underscore", vaultNamed("my_vault"), "vaultName", /letters, digits and hyphens/],
    ["a vault's name that is too long", vaultNamed("v".repeat(51)), "vaultName", /2 to 50/],
    [
      "a vault in a group that has no name",
      changed("backupVault", {
        resourceId: vaultId.replace(/resourceGroups\/[^/]+/, "resourceGroups/my group"),
      }),
      "resourceGroupName",
      /"my group"/,
    ],
    [
      "a policy's name with a slash",
      changed("backupPolicy", { resourceId: `${vaultId}/backupPolicies/a/b` }),
      "policyName",
      /"a\/b" is no name of a policy/,
    ],
    [
      "a policy's name that is too long",
      changed("backupPolicy", { resourceId: `${vaultId}/backupPolicies/${"p".repeat(151)}` }),
      "policyName",
      /3 to 150/,
    ],
    [
      "a role on what is no id",
      changed("roleAssignment", { resourceId: roleOn("data") }),
      "scope",
      /"data" is not the ARM id/,
    ],
    [
      "a role on nothing",
      changed("roleAssignment", { resourceId: roleOn("") }),
      "scope",
      /"" is not the ARM id/,
    ],
    [
      "a role for nobody",
      changed("roleAssignment", { properties: { principalId: "" } }),
      "principalId",
      /its system-assigned one/,
    ],
    [
      "a role for nobody, in words",
      changed("roleAssignment", { properties: { principalId: "me" } }),
      "principalId",
      /"me" is no principal/,
    ],
    [
      "a role without a principal",
      changed("roleAssignment", { properties: {} }),
      "principalId",
      /its system-assigned one/,
    ],
    [
      "a role for an identity that is not there",
      changed("roleAssignment", {
        properties: {},
        neededBy: { vaultId, userAssignedIdentityId: identityId },
      }),
      "principalId",
      /\S+backups is to protect\), declare the vault with this/,
    ],
  ])("is refused, with the property and the reason: %s", (_, inputs, property, reason) => {
    expect(inputProblems(inputs)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  });

  it("is not judged again where Azure has taken the name before", () => {
    const accepted = groupNamed("my data");
    expect(inputProblems(accepted, { ...accepted, resourceId: accepted.resourceId.toUpperCase() })).toEqual(
      [],
    );
  });

  it("is never an exception, whatever a late value turns out to be", () => {
    const kinds = fc.constantFrom(...Object.values(good));
    fc.assert(
      fc.property(kinds, fc.string(), fc.anything(), ({ sort }, text, anything) => {
        const properties = { principalId: anything };
        for (const resourceId of [text, `${groupId}${text}`, roleOn(text), `${vaultId}/${text}`]) {
          inputProblems({ sort, resourceId, properties, neededBy: { vaultId } });
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("what is refused and to be reported only", () => {
  const refused = { ...groupNamed("my data"), onFailure: "report" as const, resourceUrn: "urn" };

  it("is declared with the reason, and is nothing that was ever accepted", () => {
    const { inputs, failures } = withRefusal({}, { inputs: refused, failures: [] });
    expect(failures).toEqual([]);
    expect(inputs.failure).toMatch(/^resourceGroupName: "my data" is no name/);
    expect(acceptedInputs(inputs)).toEqual({});
  });

  it("leaves declared what was accepted before", () => {
    const olds = { ...good.resourceGroup, location: "westeurope" };
    const { inputs } = withRefusal(olds, { inputs: refused, failures: [] });
    expect(inputs).toMatchObject({
      resourceId: groupId,
      location: "westeurope",
      failure: expect.any(String),
    });
    expect(acceptedInputs(inputs)).toBe(inputs);
  });

  it("is a failure of check otherwise", () => {
    const { failures } = withRefusal({}, { inputs: { ...refused, onFailure: "fail" }, failures: [] });
    expect(failures).toHaveLength(1);
  });
});
