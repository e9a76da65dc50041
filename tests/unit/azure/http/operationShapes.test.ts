import type { OperationResponse } from "@azure/core-lro";
import { createHttpPoller } from "@azure/core-lro";
import fc from "fast-check";
import type { ArmSender } from "../../../../provider/azure/http/armClient";
import { Deadline } from "../../../../provider/azure/http/deadline";
import { OperationFailedError } from "../../../../provider/azure/http/errors";
import { startOperation } from "../../../../provider/azure/http/longRunning";
import { SimulatedClock } from "../../simulatedClock";

const endpoint = "https://management.example";

type Method = "PUT" | "POST" | "DELETE";

/** An answer as a service may give it; the first is that to the request which starts the operation. */
interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: unknown;
}

interface Story {
  method: Method;
  answers: Answer[];
}

interface Settlement {
  outcome: "succeeded" | "failed" | "running" | "unreadable";
  /** What was asked, without the request that started it. */
  asked: string[];
}

const words = [
  "Succeeded",
  "succeeded",
  "Failed",
  "Canceled",
  "Cancelled",
  "InProgress",
  "Inprogress",
  "Accepted",
  "Updating",
];
const pollingUrls = [
  `${endpoint}/operationStatus/1?t=1&s=signed`,
  "/operationStatus/2?api-version=2025-07-01",
];

const pollingHeaders = fc
  .record(
    {
      "azure-asyncoperation": fc.constantFrom(...pollingUrls),
      "operation-location": fc.constantFrom(...pollingUrls),
      location: fc.constantFrom(...pollingUrls),
      "retry-after": fc.constantFrom("1", "15", "Sat, 21 Nov 2026 10:01:00 GMT", "soon", "-5"),
    },
    { requiredKeys: [] },
  )
  .map((headers) => headers as Record<string, string>);

const status = fc.oneof(fc.constantFrom(...words), fc.constantFrom(undefined, "", 7, null));
const bodies = fc.oneof(
  fc.constant(undefined),
  fc.constant({}),
  status.map((word) => ({ status: word })),
  status.map((word) => ({ properties: { provisioningState: word } })),
  status.map((word) => ({ provisioningState: word })),
  fc.constant({ status: "Failed", error: { code: "UserErrorX", message: "No." } }),
  fc.constant({ status: "Failed", error: { code: "UserErrorX" } }),
);

const answer = (statusCodes: number[]): fc.Arbitrary<Answer> =>
  fc.record({ statusCode: fc.constantFrom(...statusCodes), headers: pollingHeaders, body: bodies });

const story: fc.Arbitrary<Story> = fc
  .record({
    method: fc.constantFrom<Method>("PUT", "POST", "DELETE"),
    first: answer([200, 201, 202, 204]),
    later: fc.array(answer([200, 201, 202, 204]), { minLength: 1, maxLength: 5 }),
  })
  .map(({ method, first, later }) => ({ method, answers: [first, ...later] }));

/** The last answer repeats itself: an operation that it leaves running runs for ever. */
function answerOf({ answers }: Story, index: number): Answer {
  return answers[Math.min(index, answers.length - 1)]!;
}

/** How this package settles it. */
async function settledByUs(told: Story): Promise<Settlement> {
  const clock = new SimulatedClock();
  const asked: string[] = [];
  const client: ArmSender = {
    clock,
    async send({ target }) {
      const url = new URL(target, endpoint).href;
      asked.push(url);
      return { ...answerOf(told, asked.length - 1), url };
    },
  };
  const deadline = new Deadline(clock, 600_000, "ten minutes");
  const operation = await startOperation(client, { method: told.method, target: "/thing" }, deadline);
  const outcome = await clock.run(
    operation.wait(deadline, "waiting for the thing").then(
      () => "succeeded" as const,
      (error: Error) => {
        if (error instanceof OperationFailedError) {
          return "failed" as const;
        }
        return error.name === "DeadlineExceededError" ? ("running" as const) : ("unreadable" as const);
      },
    ),
  );
  return { outcome, asked: asked.slice(1) };
}

/** How Microsoft's client settles it, asked as often as its authors mean it to be. */
async function settledByMicrosoft(told: Story): Promise<Settlement> {
  const asked: string[] = [];
  const respond = (index: number, method: string, path: string): OperationResponse => {
    const { statusCode, headers, body } = answerOf(told, index);
    const request = { method, url: path };
    return { flatResponse: body, rawResponse: { statusCode, headers, body, request } };
  };
  const poller = createHttpPoller(
    {
      sendInitialRequest: async () => respond(0, told.method, `${endpoint}/thing`),
      sendPollRequest: async (path) => {
        asked.push(new URL(path, endpoint).href);
        return respond(asked.length, "GET", path);
      },
    },
    { resolveOnUnsuccessful: true, skipFinalGet: true },
  );
  try {
    await poller.submitted();
    while (!poller.isDone && asked.length < told.answers.length) {
      await poller.poll();
    }
  } catch {
    return { outcome: "unreadable", asked };
  }
  const settled = poller.operationState?.status;
  const outcome =
    settled === "canceled" || settled === "failed"
      ? "failed"
      : settled === "succeeded"
        ? "succeeded"
        : "running";
  return { outcome, asked };
}

describe("operations of every shape that Resource Manager has", () => {
  it("are settled as Microsoft's JavaScript client settles them, by the same requests", async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const [ours, theirs] = [await settledByUs(told), await settledByMicrosoft(told)];
        seen.add(ours.outcome);
        // A status that is no text ends Microsoft's client at once; here it is forgiven like an answer that is no JSON.
        if (theirs.outcome !== "unreadable") {
          expect(ours.outcome).toBe(theirs.outcome);
        }
        expect(ours.asked.slice(0, theirs.asked.length)).toEqual(theirs.asked);
      }),
      { numRuns: 2_000 },
    );
    expect([...seen].sort()).toEqual(["failed", "running", "succeeded", "unreadable"]);
  });
});
