import type { ArmErrorBody } from "../azure/http/errors";
import { asRecord, partsOf, sentence } from "../azure/json";

/** The service's account of a failure, from whichever envelope it came in. */
export interface ServiceError {
  code: string;
  message: string;
  /** What the service recommends, in its words. */
  recommendedActions: string[];
  /** The detail that names the action and the scope that were refused; only the inner error holds it. */
  detail: string | undefined;
  /** Errors that this one is made of. */
  parts: ServiceError[];
}

/** Reads the service's error from Resource Manager's, which wraps it as `additionalInfo: [{ type: "UserFacingError", info }]`. */
export function serviceErrorOf(error: ArmErrorBody): ServiceError {
  const info = error.additionalInfo
    .map(asRecord)
    .filter(({ type }) => type === "UserFacingError")
    .map((entry) => readUserFacingError(entry.info))
    .at(0);
  return {
    code: error.code,
    message: info?.message === undefined || info.message === "" ? error.message : info.message,
    recommendedActions: info?.recommendedActions ?? [],
    detail: info?.detail,
    parts: [...(info?.parts ?? []), ...error.details.map(serviceErrorOf)],
  };
}

/** Reads a `UserFacingError`, as it stands in an instance's error details. */
export function readUserFacingError(value: unknown, level = 1): ServiceError {
  const error = asRecord(value);
  const innerInfo = asRecord(asRecord(error.innerError).additionalInfo);
  return {
    code: sentence(error.code) ?? "",
    message: sentence(error.message) ?? "",
    recommendedActions: partsOf(error.recommendedAction, level).flatMap((action) => sentence(action) ?? []),
    detail: sentence(innerInfo.DetailedNonLocalisedMessage),
    parts: partsOf(error.details, level).map((detail) => readUserFacingError(detail, level + 1)),
  };
}

/** One paragraph for people: code, message, detail and what the service recommends. */
export function describeServiceError(error: ServiceError): string {
  const sentences = [
    `${error.code}: ${error.message}`,
    error.detail,
    ...error.parts.filter(({ code }) => code !== error.code).map(describeServiceError),
    ...error.recommendedActions,
  ];
  return sentences
    .filter((part) => part !== undefined && part !== "")
    .map((part) => part?.replace(/([^.!?])$/, "$1."))
    .join(" ");
}

/** Whose permissions are missing: the service names it only inside the sentence of the inner error (both seeds). */
export function principalIn({ detail, message }: ServiceError): string | undefined {
  return /object id '([0-9a-fA-F-]{36})'/.exec(detail ?? message)?.[1];
}
