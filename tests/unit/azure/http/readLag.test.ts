import { Deadline } from "../../../../provider/azure/http/deadline";
import { ReadLag, readAfterWrite } from "../../../../provider/azure/http/readLag";
import { SimulatedClock } from "../../simulatedClock";

/** Reads what was written until it is shown, with a deadline and an interval that the service has named. */
async function readThrough(answers: string[], limitInMs = 3_600_000, namedIntervalInMs?: number) {
  const clock = new SimulatedClock();
  const deadline = new Deadline(clock, limitInMs, "the create timeout of 1h");
  let asked = 0;
  const read = async (): Promise<string> => answers[Math.min(asked++, answers.length - 1)] ?? "";
  const answer = await clock.run(
    readAfterWrite(read, (seen) => seen === "new", { clock, deadline, namedIntervalInMs }),
  );
  return { answer, asked, sleepsInMs: clock.sleepsInMs };
}

describe("reading what was written", () => {
  it("asks once where the answer agrees", async () => {
    expect(await readThrough(["new"])).toEqual({ answer: "new", asked: 1, sleepsInMs: [] });
  });

  it("asks again, at growing intervals, until it agrees", async () => {
    const { answer, sleepsInMs } = await readThrough(["old", "old", "old", "new"]);
    expect({ answer, sleepsInMs }).toEqual({ answer: "new", sleepsInMs: [1_000, 2_000, 4_000] });
  });

  it("takes for the truth what is still said after a minute", async () => {
    const { answer, asked, sleepsInMs } = await readThrough(["old"]);
    expect({ answer, asked }).toEqual({ answer: "old", asked: 7 });
    expect(sleepsInMs.reduce((sum, sleep) => sum + sleep)).toBe(63_000);
  });

  it("ends in time for the deadline", async () => {
    expect(await readThrough(["old"], 5_000)).toMatchObject({ answer: "old", asked: 3 });
  });

  it("is as fast as the service", async () => {
    const { sleepsInMs } = await readThrough(["old", "old", "new"], undefined, 100);
    expect(sleepsInMs).toEqual([10, 20]);
  });

  it("allows as many looks for each write", () => {
    const lag = new ReadLag(undefined);
    expect(Array.from({ length: 7 }, () => lag.nextIntervalInMs())).toEqual([
      1_000,
      2_000,
      4_000,
      8_000,
      16_000,
      32_000,
      undefined,
    ]);
  });
});
