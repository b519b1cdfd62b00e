import type { ReactNode } from "react";

/** Across the top of a page on which nothing is real money; on paper too. */
export function TestBanner({ children }: { children: ReactNode }) {
  return (
    <aside
      aria-label="Test mode"
      className="border-warn border-y bg-tint px-5 py-2 text-center font-semibold text-sm"
    >
      {children}
    </aside>
  );
}
