import type { ArmRequest, ArmResponse, ArmSender } from "../../provider/azure/http/armClient";
import { SimulatedClock } from "./simulatedClock";

/** What a request gets: an answer, which is 200 without headers and body where it says nothing else, or the error. */
export type Answer = Partial<ArmResponse> | Error;

/** Where {@link ScriptedSender} says that its answers come from. */
export const endpoint = "https://management.example";

/** A Resource Manager that gives these answers in this order, and refuses any request beyond them. */
export class ScriptedSender implements ArmSender {
  readonly clock = new SimulatedClock();
  readonly asked: ArmRequest[] = [];
  readonly #answers: readonly Answer[];

  constructor(answers: readonly Answer[]) {
    this.#answers = answers;
  }

  async send(request: ArmRequest): Promise<ArmResponse> {
    const { method, target } = request;
    const answer = this.#answers[this.asked.length] ?? new Error(`unexpected ${method} ${target}`);
    this.asked.push(request);
    if (answer instanceof Error) {
      throw answer;
    }
    const url = target.startsWith("/") ? endpoint + target : target;
    return { statusCode: 200, headers: {}, body: undefined, url, ...answer };
  }
}
