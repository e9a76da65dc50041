import type { ArmError } from "./errors";

/** What somebody may not do, as roles name it, and to what. */
export interface RefusedAccess {
  /** As in `Microsoft.Authorization/roleAssignments/write`. */
  action: string;
  /** The id of what it would be done to. */
  scope: string;
  /** Object id of who may not. */
  principalId: string | undefined;
}

/**
 * Reads what an answer 403 refuses out of Resource Manager's sentence, `The client '...' with object id '...' does not have
 * authorization to perform action '...' over scope '...'`, which also comes with linked scopes. What the sentence leaves out
 * follows from the request.
 */
export function refusedAccessOf({ body: { message }, request }: ArmError): RefusedAccess {
  const { action, scope } = accessIn(message);
  return {
    action: action ?? actionOf(request),
    scope: scope ?? request.path,
    principalId: /object id '([0-9a-f-]{36})'/i.exec(message)?.[1],
  };
}

/** Whether a refusal is about something that the request names, rather than about what it is sent to. */
export function isOfLinkedResource({ body: { code, message } }: ArmError): boolean {
  return code === "LinkedAuthorizationFailed" || /\blinked (scope|subscription)/i.test(message);
}

/** Whether what was refused is something else than the request itself does, as the sentence has it. */
export function isOfOtherNamespace({ body: { message }, request }: ArmError): boolean {
  const { action } = accessIn(message);
  return action !== undefined && namespaceOf(action) !== namespaceOf(actionOf(request));
}

function accessIn(message: string): { action?: string; scope?: string } {
  const [, action, scope] =
    /not have (?:authorization|permission)s? to perform action(?:\(s\))? '([^',]+)[^']*'(?:[^']{0,60}'(\/[^']*)')?/i.exec(
      message,
    ) ?? [];
  return { ...(action === undefined ? {} : { action }), ...(scope === undefined ? {} : { scope }) };
}

function namespaceOf(action: string): string {
  return (action.split("/")[0] ?? "").toLowerCase();
}

const verbs: Record<string, string> = { GET: "read", PUT: "write", DELETE: "delete" };

/** The action of a request: of the type of the resource that it is sent to, or `<type>/<name>/action` for a POST. */
export function actionOf({ method, path }: ArmError["request"]): string {
  const [, namespace, rest] = /.*\/providers\/([^/]+)\/?(.*)$/i.exec(path) ?? [];
  const verb = verbs[method];
  if (namespace === undefined || rest === undefined) {
    const type = /\/resourceGroups\//i.test(path) ? "subscriptions/resourceGroups" : "subscriptions";
    return `Microsoft.Resources/${type}/${verb ?? "action"}`;
  }
  const segments = rest.split("/");
  const types = (verb === undefined ? segments.slice(0, -1) : segments).filter((_, index) => index % 2 === 0);
  return [namespace, ...types, verb ?? `${segments.at(-1)}/action`].join("/");
}
