import type { Answer, Call } from "../message";

/** An error as Resource Manager writes it: thrown anywhere below the server, answered as `{ error: { code, message } }`. */
export class ArmError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
    /** The whole body, where it is more than code and message. */
    readonly body?: unknown,
  ) {
    super(message);
  }

  toAnswer(): Answer {
    const body = this.body ?? { error: { code: this.code, message: this.message } };
    return { status: this.status, headers: { ...this.headers }, body };
  }
}

/** An answer of Resource Manager itself, before any resource provider was asked (create_and_delete_disk 1). */
const gatewayError = (status: number, code: string, message: string): ArmError =>
  new ArmError(status, code, message, { "x-ms-failure-cause": "gateway" });

export const badRequest = (code: string, message: string): ArmError => new ArmError(400, code, message);

export const conflict = (code: string, message: string): ArmError => new ArmError(409, code, message);

export const invalidRequestContent = (reason: string): ArmError =>
  badRequest(
    "InvalidRequestContent",
    `The request content was invalid and could not be deserialized: '${reason}'.`,
  );

export const resourceGroupNotFound = (name: string): ArmError =>
  gatewayError(404, "ResourceGroupNotFound", `Resource group '${name}' could not be found.`);

export const subscriptionNotFound = (subscriptionId: string): ArmError =>
  gatewayError(404, "SubscriptionNotFound", `The subscription '${subscriptionId}' could not be found.`);

export const invalidSubscriptionId = (subscriptionId: string): ArmError =>
  gatewayError(
    400,
    "InvalidSubscriptionId",
    `The provided subscription identifier '${subscriptionId}' is malformed or invalid.`,
  );

export const resourceNotFound = (typeAndName: string, resourceGroupName: string): ArmError =>
  gatewayError(
    404,
    "ResourceNotFound",
    `The Resource '${typeAndName}' under resource group '${resourceGroupName}' was not found. ` +
      "For more details please go to https://aka.ms/ARMResourceNotFoundFix",
  );

export const parentResourceNotFound = (verb: string, type: string, parentId: string): ArmError =>
  gatewayError(
    404,
    "ParentResourceNotFound",
    `Failed to perform '${verb}' on resource(s) of type '${type}', ` +
      `because the parent resource '${parentId}' could not be found.`,
  );

/**
 * What no route answers, with the name of the operation where it has one. It must not look like the absence of a resource, nor
 * like Resource Manager's word that there is no such type or method: the emulator knows only what it covers.
 */
export function notCovered({ method, path }: Pick<Call, "method" | "path">, operation?: string): ArmError {
  const request = `${method} ${path}`;
  const what = operation === undefined ? `'${request}'` : `the operation '${operation}' (${request})`;
  return new ArmError(
    501,
    "NotCoveredByEmulator",
    `The emulator does not cover ${what}. That says nothing about Azure, and nothing about what is there; ` +
      "emulator/README.md tells what is covered.",
  );
}
