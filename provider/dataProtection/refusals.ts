/**
 * What a refusal is about. Many codes of the service are on no record (facts, section 4.4), so words count as well as codes, and
 * who must be sure looks at the resource that it is about.
 */
import { ArmError, OperationFailedError, isNotFound } from "../azure/http/errors";
import { isOfLinkedResource, isOfOtherNamespace } from "../azure/http/refusedAccess";
import { isSameResourceId } from "../azure/resourceId";
import type { ServiceError } from "./serviceError";
import { principalIn, serviceErrorOf } from "./serviceError";

/** Something was refused: at once, or by the operation that it had become. */
export type Refusal = ArmError | OperationFailedError;

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof OperationFailedError || (error instanceof ArmError && error.statusCode < 500);
}

/** Whether the identity that deploys lacks a right: no role of the vault's cures that. */
export function isOfCaller(error: unknown): error is ArmError {
  return (
    error instanceof ArmError &&
    error.statusCode === 403 &&
    !isDisallowedByPolicy(error) &&
    !isOfVaultIdentity(error)
  );
}

/** Whether the identity of the vault lacks a right, and nothing else is wrong: a fresh role assignment cures that. */
export function isOfVaultRights(error: unknown): error is Refusal {
  return isRefusal(error) && !isOfCaller(error) && isOnlyMissingPermissions(serviceErrorOf(error.body));
}

/** Whether a rule of the organisation is in the way, which answers 403, too: Azure Policy. */
function isDisallowedByPolicy({ body: { code, message } }: ArmError): boolean {
  return /Disallowed/i.test(code) || /disallowed by (azure )?policy/i.test(message);
}

/** Whether the service hands a 403 on that the vault's identity has met elsewhere: its action is not that of the request. */
function isOfVaultIdentity(error: ArmError): boolean {
  return (
    /\/providers\/Microsoft\.DataProtection\//i.test(error.request.path) &&
    isOfOtherNamespace(error) &&
    !isOfLinkedResource(error)
  );
}

const permissionCode = /Permission|AuthorizationFailed|Unauthori[sz]ed|Forbidden|AccessDenied/i;
const permissionWords = new RegExp(
  [
    "not have (?:\\w+ ){0,4}(?:authorization|permissions?|rights?|roles?|privileges?)\\b",
    "if access was recently granted",
    "(?:missing|insufficient|not enough|lacks?|lacking|inadequate) (?:\\w+ ){0,3}(?:authorization|permissions?|rights?|roles?|privileges?)\\b",
    "permissions? (?:\\w+ ){0,8}(?:missing|absent|insufficient|denied|not (?:present|granted|assigned))\\b",
    "not authori[sz]ed to\\b",
  ].join("|"),
  "i",
);

/** Whether an error says nothing else than that permissions are missing. */
export function isOnlyMissingPermissions(error: ServiceError): boolean {
  const { code, message, detail = "", parts } = error;
  const isSaid = permissionCode.test(code) || permissionWords.test(message) || permissionWords.test(detail);
  return isSaid && parts.filter(saysSomething).every(isOnlyMissingPermissions);
}

function saysSomething({ code, message }: ServiceError): boolean {
  return code !== "" || message !== "";
}

/** Whether permissions are missing because nobody could have them. That an empty principal is named then is assumed. */
export function lacksIdentity(error: ServiceError): boolean {
  return isOnlyMissingPermissions(error) && /^[0-]+$/.test(principalIn(error) ?? "");
}

/** Whether the service says that something protects the datasource, or did. What it is, a look must tell. */
export function isTaken({ body: { code, message } }: Refusal): boolean {
  return /already|soft.?delet/i.test(`${code} ${message}`);
}

/** Whether the service names another vault than this one: it names the one that protects a datasource only in its sentence. */
export function namesOtherVault({ body: { message } }: Refusal, vaultId: string): boolean {
  const named = message.match(/\/subscriptions\/\S+?\/backupVaults\/[A-Za-z][-A-Za-z0-9]*/gi) ?? [];
  return named.some((id) => !isSameResourceId(id, vaultId));
}

/** Whether something that the request names is not there. */
export function isMissingResource(error: Refusal): boolean {
  const { code, message } = serviceErrorOf(error.body);
  return (
    isNotFound(error) ||
    /NotFound$/.test(code) ||
    /\b(not found|does not exist|could not be found)\b/i.test(message)
  );
}
