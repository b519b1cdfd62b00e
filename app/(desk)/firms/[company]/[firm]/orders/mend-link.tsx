import { ExternalLink } from "#components/external-link.tsx";
import type { PageOfFault } from "./fault-page.ts";

export function MendLink({ page: { href, label, isAtXero } }: { page: PageOfFault }) {
  return isAtXero ? (
    <span className="inline-flex min-h-11 items-center">
      <ExternalLink href={href}>{label}</ExternalLink>
    </span>
  ) : (
    <a href={href} className="inline-flex min-h-11 items-center">
      {label}
    </a>
  );
}
