import { plan } from "../../../tools/bench/bench";

describe("the plan of a bench", () => {
  const fully = (instanceCount: number, assignsRoles = false) => ({
    instanceCount,
    parallel: instanceCount,
    assignsRoles,
  });

  it("protects all at once, and compares few with other tools and with the engine's own parallelism", () => {
    expect(plan({ sizes: [1, 20, 500] })).toEqual([
      fully(1),
      fully(1, true),
      fully(20),
      fully(20, true),
      { instanceCount: 20, assignsRoles: false },
      fully(500),
    ]);
  });

  it("keeps to the parallelism that it is given", () => {
    expect(plan({ sizes: [20], parallel: 8 })).toEqual([
      { instanceCount: 20, parallel: 8, assignsRoles: false },
      { instanceCount: 20, parallel: 8, assignsRoles: true },
    ]);
  });
});
