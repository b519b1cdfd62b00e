import { ProgressBar } from "#components/progress-bar.tsx";
import type { SyncState } from "#lib/mirror/read.ts";
import { kindInWords, leftInWords, progressOf } from "#lib/mirror/sync/progress-rules.ts";

/** While an organisation is first read: which kind, how far, how long it may take, and what comes after. */
export function FirstReading({ states, now }: { states: SyncState[]; now: Date }) {
  const open = states.filter(({ page }) => page !== null);
  const current = open.find(({ pages }) => pages !== null) ?? open[0];
  const progress = current && progressOf(current, now);
  if (!current || !progress) return null;
  const later = open.filter((state) => state !== current).map(({ kind }) => kindInWords(kind));
  return (
    <div className="grid gap-1">
      <ProgressBar
        label={`Reading ${kindInWords(current.kind)} from Xero`}
        done={progress.done}
        total={progress.total}
        {...(progress.secondsLeft !== null && { estimate: leftInWords(progress.secondsLeft) })}
      />
      {later.length > 0 && <p className="text-muted text-sm">Then {later.join(", ")}.</p>}
    </div>
  );
}
