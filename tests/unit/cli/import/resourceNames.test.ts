import fc from "fast-check";
import { logicalNameOf } from "../../../../cli/import/resourceNames";

describe("the logical name of an imported instance", () => {
  it.each(["data", "data-data-0f9a6c1e-22aa-4a7c-9d3e-3a1f6e0b7c11", "vm1_OsDisk.1"])(
    "is the instance's own name where Pulumi takes it: %s",
    (name) => expect(logicalNameOf(name)).toBe(name),
  );

  it("has nothing in it that a URN or a command line would stumble over", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (name) => {
        expect(logicalNameOf(name)).toMatch(/^[A-Za-z0-9._-]+$/);
      }),
    );
  });

  it("tells apart names that look the same without their odd characters", () => {
    const names = ["my disk", "my-disk", "my(disk", "my  disk"].map(logicalNameOf);
    expect(new Set(names).size).toBe(names.length);
    expect(names[0]).toMatch(/^my-disk-[0-9a-f]{8}$/);
  });

  it("is the same on every run, whatever else is imported", () => {
    expect(logicalNameOf("my disk")).toBe("my-disk-547ed2dd");
  });
});
