import type { Metadata, Viewport } from "next";

/** What the head of every page says beside its title. */
export const site = {
  robots: { index: false, follow: false },
  // Not "no-referrer": under it a browser sends "Origin: null" with our own forms, and they would be refused.
  referrer: "same-origin",
  formatDetection: { telephone: false, date: false, address: false, email: false },
} as const satisfies Metadata;

/** What stands behind the title of a page that is not a payer's. */
export const TITLE = { default: "Counterfoil", template: "%s · Counterfoil" };

export const siteViewport = {
  width: "device-width",
  initialScale: 1,
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fcfbf7" },
    { media: "(prefers-color-scheme: dark)", color: "#1a1815" },
  ],
} satisfies Viewport;

/** The title as it stands in the browser. */
export function titleOf({ title }: Metadata): string {
  if (typeof title === "string") return TITLE.template.replace("%s", title);
  return title && "absolute" in title ? (title.absolute ?? TITLE.default) : TITLE.default;
}
