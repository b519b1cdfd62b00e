import type { Route } from "./types.ts";

type Compiled = { route: Route; segments: string[]; rank: number };
export type Match = { route: Route; params: Record<string, string> };
export type Router = (method: string, pathname: string) => Match | "wrong-method" | undefined;

/**
 * Finds a route by its still encoded path, so that "INV%2F7" stays one segment. Fixed words beat ":name", which
 * beats a last "*". A route's method "*" answers any.
 */
export function createRouter(routes: Route[]): Router {
  const compiled = routes.map(compile).sort((a, b) => b.rank - a.rank);
  return (method, pathname) => {
    const segments = split(pathname);
    let pathKnown = false;
    for (const { route, segments: pattern } of compiled) {
      const params = matchSegments(pattern, segments);
      if (!params) continue;
      if (route.method === "*" || route.method === method) return { route, params };
      if (method === "HEAD" && route.method === "GET") return { route, params };
      pathKnown = true;
    }
    return pathKnown ? "wrong-method" : undefined;
  };
}

function compile(route: Route): Compiled {
  const segments = split(route.pattern);
  const rank = segments.reduce((sum, part, at) => sum + weight(part) / 4 ** at, 0);
  return { route, segments, rank };
}

function weight(part: string): number {
  if (part === "*") return 0;
  return part.startsWith(":") ? 1 : 2;
}

function split(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

function matchSegments(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const open = pattern.at(-1) === "*";
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? segments.length < fixed.length : segments.length !== fixed.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of fixed.entries()) {
    const actual = decodeText(segments[at] ?? "");
    if (part.startsWith(":")) params[part.slice(1)] = actual;
    else if (part.toLowerCase() !== actual.toLowerCase()) return undefined;
  }
  return params;
}

/** Percent-decoded, or as it is when that fails. */
export function decodeText(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
