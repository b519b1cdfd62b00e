const TONES = {
  ok: { word: "text-ok", dot: "rounded-full bg-ok" },
  busy: { word: "text-ink", dot: "rounded-full border-2 border-ink" },
  warn: { word: "text-warn", dot: "rotate-45 bg-warn" },
  danger: { word: "text-danger", dot: "bg-danger" },
  quiet: { word: "text-muted", dot: "rounded-full border-2 border-muted" },
} as const;

/** A state in a word, with a dot whose shape differs too: round, ring, diamond, square. */
export function StatusWord({ tone, children }: { tone: keyof typeof TONES; children: string }) {
  const { word, dot } = TONES[tone];
  return (
    <span className={`inline-flex items-baseline gap-2 font-semibold ${word}`}>
      <span aria-hidden="true" className={`size-2.5 flex-none ${dot}`} />
      {children}
    </span>
  );
}
