/** Where to go after signing in: a path on our own site and nothing else, or null. */
export function safeNext(value: unknown): string | null {
  if (typeof value !== "string" || value.length > 500 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(value))
    return null;
  if (value.includes("\\")) return null;
  const base = "http://own.invalid";
  const url = URL.parse(value, base);
  if (url?.origin !== base) return null;
  return url.pathname.startsWith("//") || url.pathname.startsWith("/sign-in")
    ? null
    : url.pathname + url.search;
}
