import { SignInError } from "../../../provider/azure/account/signInError";
import { ArmError, NoAnswerError } from "../../../provider/azure/http/errors";
import type { Question } from "../../../provider/host/memory";
import { OperationMemory } from "../../../provider/host/memory";
import { Rows } from "../../../provider/host/rows";
import type { Session } from "../../../provider/host/session";

let now: number;
let said: string[];
let memory: OperationMemory;
let open: () => Promise<Session>;

beforeEach(() => {
  now = 0;
  said = [];
  open = async () => ({}) as Session;
  const clock = { now: () => now, sleep: async () => undefined };
  const log = async (severity: string, message: string, urn: string): Promise<void> =>
    void said.push(`${urn || "stack"}: ${severity}: ${message}`);
  const rows = new Rows(log, clock);
  memory = new OperationMemory(rows, clock, () => open());
  for (const vault of ["one", "other"]) {
    for (const name of ["a", "b"]) {
      rows.register(idOf(vault, name), `${vault}/${name}`);
    }
  }
});

const vaultIdOf = (name: string): string => `/vaults/${name}`;
const idOf = (vault: string, name: string): string => `${vaultIdOf(vault)}/backupInstances/${name}`;
const about = (vault: string, name: string, topic: Question["topic"] = "liveState"): Question => ({
  topic,
  vaultId: vaultIdOf(vault),
  resourceId: idOf(vault, name),
});

describe("a question that the service does not answer", () => {
  const request = (path: string): { method: string; path: string } => ({ method: "GET", path });
  const refused = (path: string) => async (): Promise<string> => {
    const body = { code: "Forbidden", message: "no", details: [], additionalInfo: [] };
    throw new ArmError(403, body, request(path), "c1");
  };
  const answered = async (): Promise<string> => "an answer";

  it("is asked once about a vault, warns on the row of each of its instances, and is asked about other vaults", async () => {
    let asked = 0;
    const refusing = async (): Promise<string> => {
      asked++;
      return refused("/vaults/one/backupInstances")();
    };
    expect(await memory.ifReachable(about("one", "a"), refusing)).toBeUndefined();
    expect(await memory.ifReachable(about("one", "b"), refusing)).toBeUndefined();
    expect(await memory.ifReachable(about("other", "a"), answered)).toBe("an answer");
    expect(asked).toBe(1);
    expect(said).toEqual(
      ["one/a", "one/b"].map((row) =>
        expect.stringMatching(
          new RegExp(`^${row}: warning: could not look at the live state .*: 403 Forbidden: no$`),
        ),
      ),
    );
  });

  it("does not keep another question about the same vault from being asked", async () => {
    await memory.ifReachable(about("one", "a", "validation"), refused("/vaults/one/validateForBackup"));
    expect(await memory.ifReachable(about("one", "a", "liveState"), answered)).toBe("an answer");
  });

  it.each([
    ["a refusal", refused(idOf("one", "a").toUpperCase())],
    [
      "nonsense",
      async (): Promise<string> => {
        throw new NoAnswerError(request(idOf("one", "a")), "the service answered 200 without a body");
      },
    ],
  ])("is about that instance alone when the answer to its own id is %s", async (_, ask) => {
    expect(await memory.ifReachable(about("one", "a"), ask)).toBeUndefined();
    expect(await memory.ifReachable(about("one", "b"), answered)).toBe("an answer");
  });

  const refusing = async (): Promise<Session> => Promise.reject(new Error("no credentials"));
  it.each<[what: string, error: Error, given: () => void]>([
    ["sign in", new SignInError("no credentials"), () => undefined],
    ["know where to", new Error("not asked"), () => void (open = refusing)],
  ])("is one warning for all where nobody can %s", async (_, error, given) => {
    given();
    const asking = async (): Promise<string> => {
      throw error;
    };
    expect(await memory.ifReachable(about("one", "a"), asking)).toBeUndefined();
    expect(await memory.ifReachable(about("other", "a"), answered)).toBeUndefined();
    expect(said).toEqual([
      "stack: warning: could not look at the live state of backup instances: no credentials",
    ]);
  });
});

describe("the validations of a preview", () => {
  const validation = (durationInMs: number) => async () => {
    now += durationInMs;
    return "valid";
  };

  it("hold it up for a minute in all, and the rest is told once to be the update's", async () => {
    const answers: unknown[] = [];
    for (let index = 0; index < 8; index++) {
      answers.push(await memory.whilePatient(about("one", `disk${index}`, "validation"), validation(12_000)));
    }
    expect(answers).toEqual([...Array.from({ length: 5 }, () => "valid"), undefined, undefined, undefined]);
    expect(said).toEqual([
      expect.stringMatching(/^stack: info: .*no more new backup instances.*The update validates all/),
    ]);
  });

  it("are not counted when they take no time, as against a fast emulator", async () => {
    for (let index = 0; index < 500; index++) {
      expect(await memory.whilePatient(about("one", `disk${index}`, "validation"), validation(0))).toBe(
        "valid",
      );
    }
    expect(said).toEqual([]);
  });
});
