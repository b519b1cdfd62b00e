/** Words that pages need for themselves where a slug would stand. */
const RESERVED = new Set(["new", "api", "settings"]);

/** Why this can't be a slug, or null: lower-case letters and digits, single dashes between them, at most 63. */
export function refuseSlug(slug: string): string | null {
  if (slug.length > 63) return "Use at most 63 characters.";
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug))
    return "Use small letters a to z, digits, and single dashes between them.";
  if (RESERVED.has(slug)) return "This word is needed for our own pages. Choose another.";
  return null;
}

/** "Bayside Accountants Ltd." → "bayside-accountants-ltd"; "" when nothing usable is left. */
export function slugFrom(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}

/** What a slug looks like at a glance: two with one skeleton could pass for each other in a link ("dem0" and "demo"). */
export function skeletonOf(slug: string): string {
  return slug
    .replaceAll("-", "")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w")
    .replaceAll("cl", "d")
    .replace(/[01i2589]/g, (sign) => LOOKS_LIKE[sign] ?? sign);
}

const LOOKS_LIKE: Record<string, string> = { 0: "o", 1: "l", i: "l", 2: "z", 5: "s", 8: "b", 9: "g" };
