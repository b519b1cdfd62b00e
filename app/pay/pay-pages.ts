/** The payer's pages, each by its folder below app/pay. */
export const PAY_PAGES = [
  "[company]/[firm]",
  "[company]/[firm]/code",
  "[company]/[firm]/stopped",
  "[company]/[firm]/checkout/[token]",
  "[company]/[firm]/checkout/[token]/cancelled",
  "[company]/[firm]/checkout/[token]/receipt",
  "[company]/[firm]/checkout/[token]/waiting",
  "specimen",
] as const;

export type PayPagePath = (typeof PAY_PAGES)[number];

type Found = { page: PayPagePath; params: { company: string; firm: string; token: string } };

const SHAPES = PAY_PAGES.map((page) => ({
  page,
  shape: new RegExp(`^/pay/${page.replaceAll(/\[(\w+)\]/g, "(?<$1>[\\w-]+)")}/?$`),
}));

/** The page at a path; null for any other path, and for one that says it in an unusual way: encoded, doubled slashes, dots. */
export function payPageAt(path: string): Found | null {
  for (const { page, shape } of SHAPES) {
    const found = shape.exec(path);
    if (found) return { page, params: { company: "", firm: "", token: "", ...found.groups } };
  }
  return null;
}
