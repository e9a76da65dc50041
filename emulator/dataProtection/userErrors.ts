import { randomUUID } from "node:crypto";
import { ArmError } from "../arm/errors";

/** How Azure Backup explains itself: inside errors, and on instances whose protection failed. */
export interface UserFacingError {
  message: string;
  recommendedAction: string[];
  code: string;
  target: string;
  innerError: { code: string; additionalInfo: { DetailedNonLocalisedMessage: string } } | null;
  isRetryable: boolean;
  isUserError: boolean;
  properties: { ActivityId: string };
}

/** Both flags are false on every error that was seen, users' mistakes included (facts 0.6). */
export function userError(
  code: string,
  message: string,
  recommendedAction: string,
  detail?: string,
): UserFacingError {
  return {
    message,
    recommendedAction: [recommendedAction],
    code,
    target: "",
    innerError:
      detail === undefined ? null : { code, additionalInfo: { DetailedNonLocalisedMessage: detail } },
    isRetryable: false,
    isUserError: false,
    properties: { ActivityId: randomUUID() },
  };
}

/** A refusal on the spot (softdelete 28). */
export function refusal(error: UserFacingError): ArmError {
  const { message, recommendedAction, code, target, ...rest } = error;
  const info = { message, recommendedAction, details: null, code, target, ...rest };
  const body = {
    error: {
      additionalInfo: [{ type: "UserFacingError", info }],
      code,
      message,
      target: null,
      details: null,
    },
  };
  return new ArmError(400, code, message, {}, body);
}

/** The `error` of an operation that failed (seeds, validation without permissions). */
export function operationError(error: UserFacingError): Record<string, unknown> {
  const additionalInfo = [{ type: "UserFacingError", info: error }];
  return { additionalInfo, code: error.code, message: error.message };
}

export function resourceDoesNotExist(apiVersion: string): ArmError {
  const code = "UserErrorGenericResourceNotFound";
  const message =
    "Azure resource does not exist. Please make sure required resources exist. " +
    "If the issue persists, contact Microsoft support.";
  const headers = { "x-ms-error-code": code, "Content-Type": "application/json" };
  // softdelete 3 has the newer shape at 2024-04-01; facts 3.5 has the older one at 2023-11-01.
  const body =
    apiVersion < "2024"
      ? { ErrorCode: code, Message: { Language: "en-US", Value: message }, Values: [] }
      : { error: { code, message, target: null, details: null } };
  return new ArmError(404, code, message, headers, body);
}

export const invalidInput = (message: string): ArmError =>
  refusal(userError("BMSUserErrorInvalidInput", message, "Correct the input and retry the operation."));
