import { ArrowUpRight } from "lucide-react";
import type { ReactNode } from "react";

/** A link that leaves us, into Xero for one: its arrow says so, and it opens beside this page. */
export function ExternalLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <ArrowUpRight className="ml-0.5 inline size-[0.9em] align-[-0.05em]" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
