type DayBarsProps = {
  /** What the picture shows, for whoever can't see it: the figures themselves stand in a table beside. */
  label: string;
  /** Oldest first; `share` is of the highest, 0 to 1, `title` what a pointer is told. */
  bars: { key: string; share: number; title: string }[];
};

const WIDE = 10;
const GAP = 2;
const HIGH = 100;
/** A day with any money is never drawn as one without. */
const LEAST = 2;

/** One upright bar a day on a line, as wide as its column. It says nothing by colour. */
export function DayBars({ label, bars }: DayBarsProps) {
  const width = bars.length * WIDE;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${width} ${HIGH}`}
      preserveAspectRatio="none"
      className="block h-32 w-full border-ink border-b"
    >
      {bars.map(({ key, share, title }, at) => (
        <g key={key}>
          <title>{title}</title>
          <rect x={at * WIDE} width={WIDE} height={HIGH} className="fill-transparent hover:fill-tint" />
          {share > 0 && (
            <rect
              x={at * WIDE + GAP / 2}
              y={HIGH - Math.max(LEAST, share * HIGH)}
              width={WIDE - GAP}
              height={Math.max(LEAST, share * HIGH)}
              className="pointer-events-none fill-accent"
            />
          )}
        </g>
      ))}
    </svg>
  );
}
