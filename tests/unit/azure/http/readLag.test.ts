import { Deadline } from "../../../../provider/azure/http/deadline";
import { ArmError } from "../../../../provider/azure/http/errors";
import { ReadLag, readAfterWrite, sendOnce } from "../../../../provider/azure/http/readLag";
import type { OperationEnd } from "../../../../provider/azure/http/longRunning";
import { SimulatedClock } from "../../simulatedClock";

/** Reads what was written until it is shown, with a deadline and an interval that the service has named. */
async function readThrough(answers: string[], limitInMs = 3_600_000, end?: OperationEnd) {
  const clock = new SimulatedClock();
  const deadline = new Deadline(clock, limitInMs, "the create timeout of 1h");
  let asked = 0;
  const read = async (): Promise<string> => answers[Math.min(asked++, answers.length - 1)] ?? "";
  const answer = await clock.run(
    readAfterWrite(read, (seen) => seen === "new", { clock, deadline }, new ReadLag(clock, end)),
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
    const { sleepsInMs } = await readThrough(["old", "old", "new"], undefined, {
      isTold: true,
      namedIntervalInMs: 100,
    });
    expect(sleepsInMs).toEqual([10, 20]);
  });

  it("asks for as long as there is time where the end of the write was not told", async () => {
    const end = { isTold: false, namedIntervalInMs: undefined };
    const { answer, asked, sleepsInMs } = await readThrough(["old"], 3_600_000, end);
    expect({ answer, isMany: asked > 100, longest: sleepsInMs.at(-1) }).toEqual({
      answer: "old",
      isMany: true,
      longest: 30_000,
    });
  });
});

describe("a request that is repeated because its answer was lost", () => {
  const refusal = (isOfRepetition: boolean): ArmError =>
    new ArmError(
      409,
      { code: "X", message: "No.", details: [], additionalInfo: [] },
      { method: "POST", path: "/x" },
      "c",
      isOfRepetition,
    );

  /** How a refused request ends, and how often was looked what has become of it. */
  async function refused(isOfRepetition: boolean, answers: string[]) {
    const clock = new SimulatedClock();
    let looks = 0;
    const read = async (): Promise<string> => answers[Math.min(looks++, answers.length - 1)] ?? "";
    const send = async (): Promise<string> => Promise.reject(refusal(isOfRepetition));
    const time = { clock, deadline: new Deadline(clock, 3_600_000, "the limit") };
    const outcome = await clock
      .run(sendOnce(send, read, (seen) => seen === "made", time))
      .catch((error: Error) => error.message);
    return { outcome, looks };
  }

  it.each<
    [what: string, isOfRepetition: boolean, answers: string[], outcome: string | undefined, looks: number]
  >([
    ["is a success when the first one has counted", true, ["made"], undefined, 1],
    ["is a success that reads show late", true, ["not made", "not made", "made"], undefined, 3],
    ["is refused when the first one has not counted", true, ["not made"], "POST /x: 409 X: No.", 7],
    ["is refused at once when it was sent once", false, ["made"], "POST /x: 409 X: No.", 0],
  ])("%s", async (_what, isOfRepetition, answers, outcome, looks) => {
    expect(await refused(isOfRepetition, answers)).toEqual({ outcome, looks });
  });

  it("gives its result when it is not refused", async () => {
    const clock = new SimulatedClock();
    const time = { clock, deadline: new Deadline(clock, 1_000, "the limit") };
    expect(
      await sendOnce(
        async () => "done",
        async () => undefined,
        () => false,
        time,
      ),
    ).toBe("done");
  });
});
