import { ExternalLink } from "#components/external-link.tsx";
import type { PageOfFault } from "./fault-page.ts";

export function MendLink({ page: { href, label, isAtXero } }: { page: PageOfFault }) {
  return isAtXero ? (
    <ExternalLink href={href}>{label}</ExternalLink>
  ) : (
    <a href={href} className="inline-flex min-h-11 items-center">
      {label}
    </a>
  );
}
