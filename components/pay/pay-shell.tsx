import type { ReactNode } from "react";
import { TestBanner } from "../test-banner.tsx";
import { Ask } from "./ask.tsx";
import { FirmHead } from "./firm-head.tsx";
import { type PayStep, Steps } from "./steps.tsx";
import type { FirmFace } from "./types.ts";

type PayShellProps = {
  /** Null where naming the firm would be a hint, as on the page for a link that can't be opened. */
  firm: FirmFace | null;
  /** Null on pages that stand outside the four steps. */
  step: PayStep | null;
  /** The simulator is on. */
  demonstration: boolean;
  /** Test payments are taken in books that are real. */
  isTest: boolean;
  children: ReactNode;
};

/** Every pay page: who is asking for money, how far along one is, the page itself, whom to ask. */
export function PayShell({ firm, step, demonstration, isTest, children }: PayShellProps) {
  return (
    <div className="wrap-anywhere flex min-h-dvh flex-col print:block print:min-h-0">
      {isTest && (
        <TestBanner>Test payment: no real money is taken, and it settles nothing that you owe.</TestBanner>
      )}
      {demonstration && (
        <aside
          aria-label="Demonstration"
          className="no-print border-line border-b bg-tint px-5 py-2 text-center text-sm"
        >
          Demonstration: no real money
        </aside>
      )}
      <div className="mx-auto flex w-full max-w-xl grow flex-col px-5 sm:px-6 print:max-w-none print:px-0">
        {firm && <FirmHead firm={firm} />}
        {step && <Steps current={step} />}
        <main id="main" className="grow pt-8 pb-14 sm:pt-10 print:pb-6">
          {children}
        </main>
        {firm && (
          <footer className="grid gap-1 border-line border-t py-5 text-muted text-sm">
            <p>
              Questions? Ask <Ask firm={firm} />.
            </p>
            <p className="no-print">Card details go straight to Stripe; this page never sees them.</p>
          </footer>
        )}
      </div>
    </div>
  );
}
