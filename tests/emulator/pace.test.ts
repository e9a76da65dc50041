import { Pace } from "../../emulator/pace";

describe("the pace", () => {
  it("is the service's at speed 1", () => {
    expect(new Pace(1).inMs("configuringProtection")).toBe(30_000);
    expect(new Pace(1).retryHeaders("instanceDelete")).toEqual({ "Retry-After": "30" });
  });

  it("divides durations and counts milliseconds at others", () => {
    expect(new Pace(10).inMs("rolePropagation")).toBe(2_000);
    expect(new Pace(10).retryHeaders("instancePut")["retry-after-ms"]).toBe("1500");
    expect(new Pace(1e6).retryHeaders("validation")["retry-after-ms"]).toBe("1");
  });
});
