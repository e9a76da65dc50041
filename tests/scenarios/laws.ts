import { vaultSafeguards } from "../../provider/prerequisites/safeguards";
import type { Observation } from "./theatre";
import type { Row } from "./scenario";

/** What holds for every row, whatever its situation: each law gives what breaks it. */
export const laws: Record<string, (row: Row, seen: Observation) => string[]> = {
  "green only with ProtectionConfigured": (_, { reaction, outputs, stateAfterwards }) => {
    const states =
      "sort" in (outputs ?? {}) ? [] : [String(outputs?.protectionState), String(stateAfterwards)];
    return reaction.outcome === "green" ? states.filter((state) => state !== "ProtectionConfigured") : [];
  },

  "another state than ProtectionConfigured only where the program wants a pause left alone, and with a warning that names it":
    ({ scenario: { declares } }, { reaction: { outcome, says = [] }, outputs, site }) => {
      const state = String(outputs?.protectionState);
      const isWanted = (declares?.(site) as { healDrift?: boolean } | undefined)?.healDrift === false;
      const isSaid = says.some((said) => said.startsWith("warning: ") && said.includes(state));
      return outcome !== "left paused" || (isWanted && isSaid) ? [] : [state];
    },

  "an error ends with the correlation id, unless nothing was asked, the last request got no answer, or it is of a sign-in":
    (_, { reaction: { message }, exchanges }) => {
      const last = exchanges.at(-1);
      const errors = last === undefined || isUnanswered(last) ? [] : (message?.split("\n") ?? []);
      return errors.filter((error) => !/^authenticating as | \(correlation id {id}\)$/.test(error));
    },

  "never twice the same effect, but for repairs": (_, { exchanges }) => {
    const effects = exchanges.filter(
      (exchange) => isEffect(exchange) && exchange.fault === undefined && !/\/sync\?/.test(exchange.url),
    );
    const names = effects.map(({ method, url }) => `${method} ${url.split("?")[0]?.toLowerCase()}`);
    return names.filter((name, index) => names.indexOf(name) < index);
  },

  "a Resource Guard is asked for its approval only after it was found, and tokens of other tenants are sent only for that":
    (_, { exchanges }) => {
      const found = exchanges.findIndex(({ url }) => /\/DppResourceGuardProxy\?/.test(url));
      return exchanges
        .filter((_exchange, index) => found === -1 || index < found)
        .filter(
          ({ requestBody, requestHeaders }) =>
            requestHeaders["x-ms-authorization-auxiliary"] !== undefined ||
            JSON.stringify(requestBody ?? {}).includes("resourceGuardOperationRequests"),
        )
        .map(({ method, url }) => `${method} ${url}`);
    },

  "looks at an operation or an instance are sent without tokens of other tenants": (_, { exchanges }) =>
    exchanges
      .filter(({ method }) => method === "GET")
      .filter(({ requestHeaders }) => requestHeaders["x-ms-authorization-auxiliary"] !== undefined)
      .map(({ method, url }) => `${method} ${url}`),

  "nothing of a vault is weakened that the program did not change, and no tag of others goes": (
    { scenario: { asksFor } },
    { vaults, exchanges },
  ) => {
    if (vaults === undefined) {
      // Instances leave their vaults alone.
      return exchanges.filter(writesVault).map(({ method, url }) => `${method} ${url}`);
    }
    const [before, afterwards] = vaults;
    if (before === undefined || afterwards === undefined) {
      return [];
    }
    const weaker = vaultSafeguards
      .filter(({ isWeaker, valueIn }) => isWeaker(valueIn(afterwards.properties), valueIn(before.properties)))
      .map(({ property }) => property);
    const gone = Object.keys(before.tags ?? {}).filter((name) => !(name in (afterwards.tags ?? {})));
    return [...weaker, ...gone].filter((property) => asksFor?.includes(property) !== true);
  },

  "no write in previews and refreshes": ({ verb }, { exchanges }) =>
    ["preview", "previewOfCreate", "refresh"].includes(verb)
      ? exchanges.filter(isEffect).map(({ method, url }) => `${method} ${url}`)
      : [],
};

function writesVault({ method, url }: { method: string; url: string }): boolean {
  return method !== "GET" && /\/backupVaults\/[^/?]+(\?|$)/.test(url);
}

/** Whether an exchange changed something: accepted, and neither a look nor a question. */
function isEffect({ method, url, status }: { method: string; url: string; status: number }): boolean {
  const isQuestion = method === "GET" || /\/validateFor\w+(\?|$)/i.test(url);
  return !isQuestion && status >= 200 && status < 300;
}

/** Whether an exchange broke before its answer had come. */
function isUnanswered({ fault }: { fault?: string }): boolean {
  return /^(connectionReset|resetAfterAction|hang|hangAfterAction)$/.test(fault ?? "");
}
