import { formatInstant } from "#lib/core/text/date-words.ts";
import type { Unread } from "#lib/mirror/sync/read-unread.ts";

type UnreadSectionProps = { unread: Unread[]; where: { country: string; timeZone: string } };

/** What Xero has and the desk can't read: an invoice among it can't be paid online. */
export function UnreadSection({ unread, where }: UnreadSectionProps) {
  return (
    <section aria-labelledby="unread" className="grid gap-3 border-line border-t py-5">
      <h2 id="unread" className="font-semibold text-lg">
        Xero sent something that can't be read
      </h2>
      <p>
        An invoice listed here can't be paid online until it can be read. It is asked for again automatically;
        open it in Xero and look for what is unusual. No money moved.
      </p>
      <ul>
        {unread.map(({ connectionId, name, reason, since }) => (
          <li key={`${connectionId} ${name}`} className="grid gap-1 border-line border-t py-3">
            <p className="font-semibold first-letter:uppercase">{name}</p>
            <p>{reason}</p>
            <p className="text-muted text-sm">Since {formatInstant(since, where)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
