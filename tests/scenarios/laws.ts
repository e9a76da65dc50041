import type { Observation } from "./theatre";
import type { Row } from "./scenario";

/** What holds for every row, whatever its situation: each law gives what breaks it. */
export const laws: Record<string, (row: Row, seen: Observation) => string[]> = {
  "green only with ProtectionConfigured": (_, { reaction, outputs, stateAfterwards }) => {
    const states = [String(outputs?.protectionState), String(stateAfterwards)];
    return reaction.outcome === "green" ? states.filter((state) => state !== "ProtectionConfigured") : [];
  },

  "never twice the same effect": (_, { exchanges }) => {
    const effects = exchanges.filter((exchange) => isEffect(exchange) && exchange.fault === undefined);
    const names = effects.map(({ method, url }) => `${method} ${url.split("?")[0]?.toLowerCase()}`);
    return names.filter((name, index) => names.indexOf(name) < index);
  },

  "no write in previews and refreshes": ({ verb }, { exchanges }) =>
    ["preview", "previewOfCreate", "refresh"].includes(verb)
      ? exchanges.filter(isEffect).map(({ method, url }) => `${method} ${url}`)
      : [],
};

/** Whether an exchange changed something: accepted, and neither a look nor a question. */
function isEffect({ method, url, status }: { method: string; url: string; status: number }): boolean {
  const isQuestion = method === "GET" || /\/validateFor\w+(\?|$)/i.test(url);
  return !isQuestion && status >= 200 && status < 300;
}
