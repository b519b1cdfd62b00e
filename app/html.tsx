import type { ReactNode } from "react";

/** The outermost of every page. Next fills in the head of what it draws. */
export function Html({ head, children }: { head?: ReactNode; children: ReactNode }) {
  return (
    <html lang="en">
      {head}
      <body>{children}</body>
    </html>
  );
}
