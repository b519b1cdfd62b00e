import { type ReactNode, Suspense } from "react";

type StreamedProps = {
  /** The page was asked to wait: `?wait` in its address. */
  waits: boolean;
  /** What is being done meanwhile: "Reading the accounts from Xero…". */
  note: string;
  children: ReactNode;
};

/** A part of a page that takes a while, such as one that asks Xero: it follows the page, or, without JavaScript, a link waits for it. */
export function Streamed({ waits, note, children }: StreamedProps) {
  if (waits) return children;
  const meanwhile = (
    <>
      <p className="text-muted">{note}</p>
      <noscript>
        <p>
          <a href="?wait">Wait for it</a> (this browser runs no JavaScript).
        </p>
      </noscript>
    </>
  );
  return <Suspense fallback={meanwhile}>{children}</Suspense>;
}
