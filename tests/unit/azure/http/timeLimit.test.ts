import { TimeLimitError, withinTime } from "../../../../provider/azure/http/timeLimit";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe("a time limit", () => {
  it("gives the result of what ends in time, and leaves no timer behind", async () => {
    expect(await withinTime(1_000, async () => "done")).toBe("done");
    expect(jest.getTimerCount()).toBe(0);
  });

  it("gives the failure of what fails in time", async () => {
    const failing = withinTime(1_000, async () => Promise.reject(new Error("refused")));
    await expect(failing).rejects.toThrow("refused");
    expect(jest.getTimerCount()).toBe(0);
  });

  it("ends what takes longer, and tells it so by the signal", async () => {
    const ended = jest.fn();
    const endless = withinTime(100_000, async (signal) => {
      signal.addEventListener("abort", ended);
      return new Promise(() => undefined);
    });
    const outcome = expect(endless).rejects.toEqual(new TimeLimitError(100_000));
    jest.advanceTimersByTime(99_999);
    expect(ended).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    await outcome;
    expect(ended).toHaveBeenCalledTimes(1);
  });
});
