import fc from "fast-check";
import { isSameResourceId, parseResourceId } from "../../../provider/azure/resourceId";

const group = "/subscriptions/s/resourceGroups/rg";

describe("parseResourceId", () => {
  it.each([
    [group, undefined, "rg"],
    [`${group}/providers/Microsoft.Compute/disks/data`, "Microsoft.Compute/disks", "data"],
    [
      `${group}/providers/Microsoft.DataProtection/backupVaults/v/backupPolicies/p`,
      "Microsoft.DataProtection/backupVaults/backupPolicies",
      "p",
    ],
    ["/SUBSCRIPTIONS/s/resourcegroups/rg", undefined, "rg"],
  ])("reads %s", (id, type, name) => {
    expect(parseResourceId(id)).toEqual({ subscriptionId: "s", resourceGroupName: "rg", type, name });
  });

  it.each([
    "",
    "/",
    "data",
    "/subscriptions/s",
    `${group}/`,
    `${group}/providers/Microsoft.Compute`,
    `${group}/providers/Microsoft.Compute/disks`,
    `${group}?a=b`,
    `${group}/providers/a/b/c#d`,
    ` ${group}`,
    `https://host${group}`,
    `${group}/providers/a/b/%2e%2e`,
  ])("refuses %p", (text) => {
    expect(parseResourceId(text)).toBeUndefined();
  });

  it("reads any id that is made of segments, in any casing, and answers to any text", () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9._()-]{1,30}$/);
    fc.assert(
      fc.property(
        segment,
        segment,
        segment,
        segment,
        segment,
        fc.boolean(),
        (s, rg, namespace, type, name, upper) => {
          const id = `/subscriptions/${s}/resourceGroups/${rg}/providers/${namespace}/${type}/${name}`;
          const spelt = upper ? id.toUpperCase() : id;
          expect(parseResourceId(spelt)?.name.toLowerCase()).toBe(name.toLowerCase());
          expect(isSameResourceId(id, spelt)).toBe(true);
        },
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void parseResourceId(text)));
  });
});
