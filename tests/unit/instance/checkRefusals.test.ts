import { check } from "../../../provider/instance/check";
import { unknownValue } from "../../../provider/lifecycle/unknownValues";
import { checkRefusals } from "./checkRefusals";
import { disk, withContainers } from "./untrusted";

describe("check refuses before any request, naming the property", () => {
  it.each(checkRefusals)("%s", (_what, inputs, property, reason) => {
    const { failures } = check(inputs);
    expect(failures.map((failure) => failure.property)).toEqual([property]);
    expect(failures[0]?.reason).toMatch(reason);
  });

  it("leaves the inputs as they are: the engine would object to an unknown value before it shows what is wrong", () => {
    const inputs = { ...disk, onDelete: "forget" };
    expect(check(inputs)).toMatchObject({ inputs, failures: [{ property: "onDelete" }] });
    expect(JSON.stringify(check(inputs).inputs)).not.toContain(unknownValue);
  });

  it.each(["UPPER", "ab", "-abc", "abc-", "a--b", "a_b", "$logs", "a".repeat(64), ""])(
    "the container name %p",
    (name) => {
      expect(check(withContainers([name])).failures).toEqual([
        {
          property: "datasource.containers[0]",
          reason: expect.stringContaining(`"${name}" is no container`),
        },
      ]);
    },
  );

  it("every problem at once", () => {
    const { failures } = check({
      vaultId: "x",
      policyId: "y",
      datasource: { kind: "blob", storageAccountId: "z" },
    });
    expect(failures.map(({ property }) => property)).toEqual([
      "vaultId",
      "policyId",
      "datasource.storageAccountId",
    ]);
  });
});
