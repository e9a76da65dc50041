import { AzureLogger, setLogLevel } from "@azure/logger";
import { Deadline } from "../../../../provider/azure/http/deadline";
import { ArmError, NoAnswerError, OperationLostError } from "../../../../provider/azure/http/errors";
import type { AcceptedOperation } from "../../../../provider/azure/http/longRunning";
import { endOf, startOperation } from "../../../../provider/azure/http/longRunning";
import type { Answer } from "../../scriptedSender";
import { ScriptedSender, endpoint } from "../../scriptedSender";
import { SimulatedClock } from "../../simulatedClock";

const status = `${endpoint}/operationStatus/1?api-version=2025-07-01&t=1&s=signed`;

/** Runs an operation whose requests get these answers in this order, up to a deadline of an hour. */
async function run(method: "PUT" | "POST" | "DELETE", answers: Answer[], limitInMs = 3_600_000) {
  const client = new ScriptedSender(answers);
  const { clock, asked } = client;
  const deadline = new Deadline(clock, limitInMs, "the create timeout of 1h");
  const operation = await startOperation(client, { method, target: "/thing" }, deadline);
  const wait = operation.wait(deadline, "waiting for the thing").then(
    () => "done",
    (error: Error) => `${error.name}: ${error.message}`,
  );
  const outcome = await clock.run(wait);
  return { outcome, asked: asked.map(({ target }) => target), sleepsInMs: clock.sleepsInMs, operation };
}

const accepted = (headers: Record<string, string>, statusCode = 202): Answer => ({ statusCode, headers });
const body = (value: unknown, headers = {}): Answer => ({ body: value, headers });
const running = body({ status: "Inprogress", endTime: "0001-01-01T00:00:00Z" });
const succeeded = body({ status: "Succeeded" });

describe("a long-running operation", () => {
  it.each<[what: string, method: "PUT" | "POST" | "DELETE", answers: Answer[], outcome: string]>([
    ["an answer of 200 without a polling URL is done", "POST", [{}], "done"],
    ["an answer of 204 is done", "DELETE", [{ statusCode: 204 }], "done"],
    [
      "Azure-AsyncOperation ends with Succeeded",
      "PUT",
      [accepted({ "azure-asyncoperation": status }, 201), running, succeeded],
      "done",
    ],
    [
      "'InProgress' and unknown words mean running",
      "POST",
      [
        accepted({ "azure-asyncoperation": status }),
        body({ status: "InProgress" }),
        body({ status: "Sleeping" }),
        succeeded,
      ],
      "done",
    ],
    [
      "Operation-Location ends with succeeded",
      "POST",
      [accepted({ "operation-location": status }), running, body({ status: "succeeded" })],
      "done",
    ],
    [
      "Location runs while it answers 202",
      "DELETE",
      [accepted({ location: status }), { statusCode: 202 }, { statusCode: 204 }],
      "done",
    ],
    [
      "a relative URL is of the same host",
      "DELETE",
      [accepted({ "azure-asyncoperation": "/operationStatus/1" }), succeeded],
      "done",
    ],
    [
      "a PUT without a polling URL is judged by its provisioningState",
      "PUT",
      [
        { statusCode: 201, body: { properties: { provisioningState: "Updating" } } },
        body({ properties: { provisioningState: "Succeeded" } }),
      ],
      "done",
    ],
    [
      "a status that is missing in a 200 counts as success",
      "POST",
      [accepted({ "azure-asyncoperation": status }), body({})],
      "done",
    ],
    [
      "Failed is a failure with the service's code",
      "POST",
      [
        accepted({ "azure-asyncoperation": status }),
        body({ status: "Failed", error: { code: "UserErrorX", message: "No." } }),
      ],
      "OperationFailedError: Failed: UserErrorX: No.",
    ],
    [
      "Failed without a reason is a failure",
      "POST",
      [accepted({ "azure-asyncoperation": status }), body({ status: "Failed" })],
      "OperationFailedError: Failed: the operation ended so, and the service gives no reason",
    ],
    [
      "Canceled is a failure",
      "POST",
      [accepted({ "azure-asyncoperation": status }), body({ status: "Canceled" })],
      "OperationFailedError: Canceled: the operation ended so, and the service gives no reason",
    ],
    ...["Failed", "Canceled"].map((state): [string, "PUT", Answer[], string] => [
      `a PUT without a polling URL whose resource ends as ${state} is a failure`,
      "PUT",
      [
        { statusCode: 201, body: { properties: { provisioningState: "Updating" } } },
        body({ properties: { provisioningState: state } }),
      ],
      `OperationFailedError: ${state}: the operation ended so, and the service gives no reason`,
    ]),
    [
      "a PUT whose first answer shows the failure is a failure",
      "PUT",
      [body({ properties: { provisioningState: "Failed" } })],
      "OperationFailedError: Failed: the operation ended so, and the service gives no reason",
    ],
    [
      "the reason of a failed resource is told",
      "PUT",
      [body({ properties: { provisioningState: "Failed" }, error: { code: "X", message: "No." } })],
      "OperationFailedError: Failed: X: No.",
    ],
  ])("%s", async (_what, method, answers, outcome) => {
    const result = await run(method, answers);
    expect(result.outcome).toBe(outcome);
    expect(result.asked).toHaveLength(answers.length);
  });

  it("asks the polling URL to the letter, signature and all", async () => {
    const { asked } = await run("PUT", [accepted({ "azure-asyncoperation": status }), succeeded]);
    expect(asked).toEqual(["/thing", status]);
  });

  it("waits as long as an answer asks, and where none does, at its own pace: a sixteenth of the time so far", async () => {
    const { sleepsInMs, operation } = await run("POST", [
      accepted({ "azure-asyncoperation": status, "retry-after": "15" }),
      running,
      running,
      body({ status: "Inprogress" }, { "retry-after": "30" }),
      running,
      succeeded,
    ]);
    expect(sleepsInMs).toEqual([15_000, 1_000, 1_000, 30_000, 2_937.5]);
    expect(operation.namedIntervalInMs).toBe(15_000);
  });

  it("never waits longer than half a minute of its own accord, and never less than a second", async () => {
    const answers = [
      accepted({ "azure-asyncoperation": status }),
      ...Array.from({ length: 200 }, () => running),
    ];
    const { sleepsInMs } = await run("POST", [...answers, succeeded]);
    expect(sleepsInMs[0]).toBe(1_000);
    expect(sleepsInMs.at(-1)).toBe(30_000);
    expect(sleepsInMs).toEqual(sleepsInMs.toSorted((one, other) => one - other));
  });

  it("looks more often at a service whose intervals are shorter, as an emulator's are", async () => {
    const { sleepsInMs } = await run("POST", [
      accepted({ "azure-asyncoperation": status, "retry-after-ms": "100" }),
      running,
      succeeded,
    ]);
    expect(sleepsInMs).toEqual([100, 10]);
  });

  it("does not sit through a wait that the deadline ends, and tells what was seen last", async () => {
    const { outcome, sleepsInMs } = await run(
      "POST",
      [
        accepted({ "azure-asyncoperation": status, "retry-after": "90" }),
        body({ status: "Inprogress" }, { "retry-after": "90" }),
      ],
      120_000,
    );
    expect(outcome).toBe(
      "DeadlineExceededError: waiting for the thing: the create timeout of 1h ends before the next try in 1m30s " +
        "(last seen: operation status Inprogress)",
    );
    expect(sleepsInMs).toEqual([90_000]);
  });

  const lost = (reason: string): string =>
    `OperationLostError: GET /operationStatus/1: the service does not tell how the operation ended (${reason})`;

  describe.each(["PUT", "POST", "DELETE"] as const)("a status that is refused, of a %s,", (method) => {
    const asked = { method: "GET", path: "/operationStatus/1" };
    it.each([400, 403, 404, 409, 410])(
      "with %d, is asked for again, and says nothing of the resource",
      async (code) => {
        const refusal = new ArmError(
          code,
          { code: "X", message: "No.", details: [], additionalInfo: [] },
          asked,
          "c",
        );
        const begun = accepted({ "azure-asyncoperation": status });
        const goneBy = await run(method, [begun, refusal, refusal, refusal, running, refusal, succeeded]);
        expect(goneBy.outcome).toBe("done");
        const { outcome, operation } = await run(method, [begun, refusal, refusal, refusal, refusal]);
        expect(outcome).toBe(lost(`${code} X: No.`));
        expect(operation.accepted.statusCode).toBe(202);
      },
    );
  });

  it("has an end that is told, one that is not, or one that is a failure", async () => {
    const endOfWait = async (error?: Error): Promise<unknown> => {
      const wait = async (): Promise<void> => (error === undefined ? undefined : Promise.reject(error));
      const operation = { accepted: {}, namedIntervalInMs: 5, wait } as unknown as AcceptedOperation;
      const clock = new SimulatedClock();
      return endOf(operation, new Deadline(clock, 1, "the limit"), "waiting");
    };
    expect(await endOfWait()).toEqual({ isTold: true, namedIntervalInMs: 5 });
    expect(await endOfWait(new OperationLostError(unreadable))).toEqual({
      isTold: false,
      namedIntervalInMs: 5,
    });
    await expect(endOfWait(unreadable)).rejects.toBe(unreadable);
  });

  const unreadable = new NoAnswerError({ method: "GET", path: "/operationStatus/1" }, "not JSON");

  it("forgives three answers in a row that cannot be read", async () => {
    const answers = [
      accepted({ "azure-asyncoperation": status }),
      unreadable,
      unreadable,
      unreadable,
      running,
      unreadable,
      succeeded,
    ];
    expect((await run("PUT", answers)).outcome).toBe("done");
  });

  it("takes a status that is no text for an answer that cannot be read", async () => {
    const strange = body({ status: 7 }, { "x-ms-correlation-request-id": "c" });
    const once = await run("PUT", [accepted({ "azure-asyncoperation": status }), strange, succeeded]);
    expect(once.outcome).toBe("done");
    const always = await run("PUT", [
      accepted({ "azure-asyncoperation": status }),
      strange,
      strange,
      strange,
      strange,
    ]);
    expect(always.outcome).toBe(lost("the service answered 200 with a status that cannot be read"));
  });

  it("gives up after the fourth", async () => {
    const answers = [
      accepted({ "azure-asyncoperation": status }),
      unreadable,
      unreadable,
      unreadable,
      unreadable,
    ];
    expect((await run("PUT", answers)).outcome).toBe(lost("not JSON"));
  });

  it("polls the URL as it was given, signature and all, and lets core-lro log none of that", async () => {
    const logged: string[] = [];
    const { log } = AzureLogger;
    AzureLogger.log = (...line) => void logged.push(JSON.stringify(line));
    setLogLevel("verbose");
    try {
      const { asked } = await run("PUT", [
        accepted({ "azure-asyncoperation": status, location: status }, 201),
        body({ status: "Inprogress" }, { location: status }),
        succeeded,
      ]);
      expect(asked).toEqual(["/thing", status, status]);
    } finally {
      setLogLevel(undefined);
      AzureLogger.log = log;
    }
    expect(logged.join()).toContain("Polling from: https://management.example/operationStatus/1");
    expect(logged.join()).not.toContain("signed");
  });
});
