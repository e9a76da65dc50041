import type { AxiosResponse } from "axios";
import { isObject } from "./values";

/** An answer that refuses, or an operation that failed, in the words azure-native uses. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly armMessage: string,
  ) {
    super(`Status=${status} Code="${code}" Message="${armMessage}"`);
    this.name = "ArmError";
  }
}

/** The error that an answer stands for; a body that is not shaped like ARM's error is quoted as it is. */
export function armErrorOf({ status, data }: AxiosResponse<unknown>): ArmError {
  const error = isObject(data) && isObject(data.error) ? data.error : data;
  return isObject(error) && typeof error.code === "string"
    ? new ArmError(status, error.code, typeof error.message === "string" ? error.message : "")
    : new ArmError(status, "", JSON.stringify(data ?? ""));
}
