import type { Cloud } from "./cloud";
import type { RateLimit } from "./arm/rateLimits";
import type { Answer, Call } from "./message";

export interface Route {
  method: string;
  /** Segments in braces are parameters; a leading `{+scope}` takes any number of segments. */
  path: string;
  handle: (cloud: Cloud, call: Call) => Answer;
  /** Answers without a token: identity and metadata. */
  open?: true;
  /** The bucket that its answers tell of; by the method where there is none. */
  limit?: RateLimit | "none";
}

export interface Match {
  route: Route;
  parameters: Record<string, string>;
}

interface CompiledRoute {
  route: Route;
  anyScope: boolean;
  segments: string[];
}

/** Finds routes by path, without regard to case. The first that fits wins. */
export class Router {
  private readonly compiled: CompiledRoute[];

  constructor(routes: readonly Route[]) {
    this.compiled = routes.map((route) => {
      const segments = route.path.split("/").slice(1);
      const anyScope = segments[0] === "{+scope}";
      return { route, anyScope, segments: anyScope ? segments.slice(1) : segments };
    });
  }

  match(method: string, path: string): Match | undefined {
    const asked = path.split("/").slice(1);
    for (const compiled of this.compiled) {
      const parameters = compiled.route.method === method ? matchSegments(compiled, asked) : undefined;
      if (parameters) {
        return { route: compiled.route, parameters };
      }
    }
    return undefined;
  }
}

function matchSegments(
  { anyScope, segments }: CompiledRoute,
  asked: string[],
): Record<string, string> | undefined {
  const offset = asked.length - segments.length;
  if (anyScope ? offset < 0 : offset !== 0) {
    return undefined;
  }
  const parameters: Record<string, string> = anyScope
    ? {
        scope: asked
          .slice(0, offset)
          .map((s) => `/${s}`)
          .join(""),
      }
    : {};
  for (const [index, segment] of segments.entries()) {
    const value = asked[offset + index]!;
    if (segment.startsWith("{")) {
      if (value === "") {
        return undefined;
      }
      parameters[segment.slice(1, -1)] = value;
    } else if (segment.toLowerCase() !== value.toLowerCase()) {
      return undefined;
    }
  }
  return parameters;
}
