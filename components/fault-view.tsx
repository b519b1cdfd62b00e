import type { ReactNode } from "react";

type FaultViewProps = {
  /** What finds the cause in the log. */
  code: string | undefined;
  /** How to try again. */
  children: ReactNode;
};

/** Where a page could not be drawn. */
export function FaultView({ code, children }: FaultViewProps) {
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 pt-16 pb-20 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">This page could not be shown</h1>
      <p className="text-muted">
        The fault is ours. Opening a page charges nothing and changes nothing; try again in a minute.
      </p>
      {children}
      {code && <p className="text-muted text-sm">If it stays, quote the code {code}.</p>}
    </main>
  );
}
