import { OperationMemory } from "../../../provider/host/memory";
import { Rows } from "../../../provider/host/rows";

describe("the validations of a preview", () => {
  let now: number;
  let said: string[];
  let memory: OperationMemory;

  beforeEach(() => {
    now = 0;
    said = [];
    const clock = { now: () => now, sleep: async () => undefined };
    const log = async (severity: string, message: string): Promise<void> =>
      void said.push(`${severity}: ${message}`);
    memory = new OperationMemory(new Rows(log, clock), clock);
  });

  const validation = (durationInMs: number) => async () => {
    now += durationInMs;
    return "valid";
  };

  it("hold it up for a minute in all, and the rest is told once to be the update's", async () => {
    const answers: unknown[] = [];
    for (let index = 0; index < 8; index++) {
      answers.push(await memory.whilePatient(`/instances/${index}`, validation(12_000)));
    }
    expect(answers).toEqual([...Array.from({ length: 5 }, () => "valid"), undefined, undefined, undefined]);
    expect(said).toEqual([
      expect.stringMatching(/^info: .*no more new backup instances.*The update validates all/),
    ]);
  });

  it("are not counted when they take no time, as against a fast emulator", async () => {
    for (let index = 0; index < 500; index++) {
      expect(await memory.whilePatient(`/instances/${index}`, validation(0))).toBe("valid");
    }
    expect(said).toEqual([]);
  });

  it("end with a warning when the service cannot be reached", async () => {
    const unreachable = async (): Promise<string> => Promise.reject(new Error("no network"));
    expect(await memory.whilePatient("/instances/1", unreachable)).toBeUndefined();
    expect(await memory.whilePatient("/instances/2", validation(0))).toBeUndefined();
    expect(said).toEqual(["warning: could not look at the live state of backup instances: no network"]);
  });
});
