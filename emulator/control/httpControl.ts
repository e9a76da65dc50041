import { timingSafeEqual } from "node:crypto";
import { answer } from "../message";
import type { Answer } from "../message";
import type { RawRequest } from "../server";
import { commands } from "./commands";
import { readFields } from "./commandFields";
import { ControlError } from "./emulatorControl";
import type { EmulatorControl } from "./emulatorControl";

const prefix = "/_emulator/";

/** The header that carries the secret printed at start. */
export const controlTokenHeader = "x-emulator-token";

export function isControlCall({ url }: RawRequest): boolean {
  return url.startsWith(prefix);
}

/**
 * `POST /_emulator/<command>` with a JSON object: the control for those who are not in the emulator's process. Without the
 * secret there is nothing at these addresses.
 */
export function answerControlCall(control: EmulatorControl, secret: string, request: RawRequest): Answer {
  if (!isSame(request.headers[controlTokenHeader] ?? "", secret)) {
    return refuse(404, "NotFound", "There is nothing here.");
  }
  try {
    return answer(200, run(control, request) ?? {});
  } catch (error) {
    if (error instanceof ControlError || error instanceof RangeError) {
      return refuse(400, "InvalidControlCall", error.message);
    }
    throw error;
  }
}

function run(control: EmulatorControl, { method, url, bodyText }: RawRequest): object | void {
  const name = url.slice(prefix.length).split("?")[0]!;
  if (!Object.hasOwn(commands, name)) {
    throw new ControlError(`There is no command '${name}'; there are ${Object.keys(commands).join(", ")}.`);
  }
  if (method !== "POST") {
    throw new ControlError(`A command takes POST, not ${method}.`);
  }
  const command = commands[name]!;
  return command.run(control, readFields(name, command.fields, parse(bodyText)));
}

function parse(bodyText: string): unknown {
  try {
    return bodyText.trim() === "" ? {} : (JSON.parse(bodyText) as unknown);
  } catch (error) {
    throw new ControlError(`The body is no JSON: ${(error as Error).message}`);
  }
}

function isSame(given: string, secret: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refuse(status: number, code: string, message: string): Answer {
  return answer(status, { error: { code, message } });
}
