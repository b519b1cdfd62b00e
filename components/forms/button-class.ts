export type ButtonKind = "primary" | "quiet" | "danger";

const BASE =
  "soft wrap-break-word inline-flex min-h-11 cursor-pointer items-center justify-center gap-2 rounded border px-5 py-2 text-center font-semibold no-underline " +
  "disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-progress aria-disabled:opacity-75";

const KINDS: Record<ButtonKind, string> = {
  primary:
    "border-accent bg-accent text-paper hover:border-[color-mix(in_oklab,var(--accent)_88%,var(--ink))] hover:bg-[color-mix(in_oklab,var(--accent)_88%,var(--ink))]",
  quiet: "border-edge bg-transparent text-ink hover:bg-tint",
  danger: "border-danger bg-transparent text-danger hover:bg-danger-tint",
};

/** How a button looks, for the few elements that can't be a Button: a summary, a client part. */
export function buttonClass(kind: ButtonKind, wide = false): string {
  return `${BASE} ${KINDS[kind]} ${wide ? "w-full" : ""}`;
}
