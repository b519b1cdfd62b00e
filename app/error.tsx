"use client";

import { Button } from "#components/button.tsx";

type Props = { error: Error & { digest?: string }; reset: () => void };

/** Where a page could not be drawn. The digest finds the cause in the log. */
export default function PageError({ error, reset }: Props) {
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 pt-16 pb-20 sm:px-6">
      <h1 className="font-semibold text-xl tracking-tight">This page could not be shown</h1>
      <p className="text-muted">
        The fault is ours. Opening a page charges nothing and changes nothing; try again in a minute.
      </p>
      <Button type="button" onClick={reset}>
        Try again
      </Button>
      {error.digest && <p className="text-muted text-sm">If it stays, quote the code {error.digest}.</p>}
    </main>
  );
}
