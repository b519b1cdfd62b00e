const STEPS = { choose: "Choose", details: "Your details", pay: "Pay", receipt: "Receipt" } as const;

export type PayStep = keyof typeof STEPS;

/** Choose · Your details · Pay · Receipt. */
export function Steps({ current }: { current: PayStep }) {
  return (
    <nav aria-label="Steps" className="no-print border-line border-b">
      <ol className="flex flex-wrap gap-y-1 py-2.5 text-sm">
        {Object.entries(STEPS).map(([step, label]) => (
          <li
            key={step}
            aria-current={step === current ? "step" : undefined}
            className="text-muted not-first:before:px-2 not-first:before:content-['·'] aria-[current]:text-ink"
          >
            <span className={step === current ? "border-accent border-b-2 pb-[0.6875rem] font-semibold" : ""}>
              {label}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
