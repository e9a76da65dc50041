import type { SwaggerDocument, SwaggerOperation } from "./swaggerDocument";

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly operation: SwaggerOperation;
  readonly scoped: boolean;
}

/** Finds the documented operation that a request asks for. */
export class OperationFinder {
  readonly #routes: readonly Route[];

  constructor(document: SwaggerDocument) {
    const routes = document.operations().map(([method, template, operation]) => ({
      method,
      pattern: toPattern(template),
      operation,
      scoped: template.startsWith("/{"),
    }));
    // `/{resourceId}/providers/...` fits nearly every path, so it is asked last.
    this.#routes = [...routes.filter(({ scoped }) => !scoped), ...routes.filter(({ scoped }) => scoped)];
  }

  /** @param url - A path or an address; the query is not looked at. */
  find(method: string, url: string): SwaggerOperation | undefined {
    const { pathname } = new URL(url.replace(/^\/+/, "/"), "https://localhost");
    return this.#routes.find((route) => route.method === method && route.pattern.test(pathname))?.operation;
  }
}

/** Resource Manager does not look at the case of paths. */
function toPattern(template: string): RegExp {
  const words = template.split(/(\{\w+\})/).map((word, index) => {
    const scope = index === 1 && template.startsWith("/{");
    return word.startsWith("{") ? (scope ? ".+" : "[^/]+") : word.replace(/[.$]/g, "\\$&");
  });
  return new RegExp(`^${words.join("")}/?$`, "i");
}
