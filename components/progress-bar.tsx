type ProgressBarProps = {
  /** What is counted: "Invoices read from Xero". */
  label: string;
  done: number;
  /** Null while nobody knows how many there are. */
  total: number | null;
  /** "about 2 minutes left". */
  estimate?: string;
};

const counted = new Intl.NumberFormat("en");

/** Long work as a bar with its counts; the page that shows it may be left and come back to. */
export function ProgressBar({ label, done, total, estimate }: ProgressBarProps) {
  const counts =
    total === null ? counted.format(done) : `${counted.format(done)} of ${counted.format(total)}`;
  return (
    <div className="grid gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-4 text-sm">
        <span className="font-semibold">{label}</span>
        <span>
          {counts}
          {estimate && <span className="text-muted"> · {estimate}</span>}
        </span>
      </p>
      {total !== null && (
        <progress aria-label={label} value={done} max={Math.max(total, 1)} className="w-full" />
      )}
    </div>
  );
}
