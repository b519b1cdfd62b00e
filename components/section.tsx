import type { ReactNode } from "react";

type SectionProps = {
  title: string;
  /** Where a link can point: "clearing-account". */
  id: string;
  intro?: ReactNode;
  /** What the last save or test of this section found; it stays beside the title. */
  result?: ReactNode;
  children: ReactNode;
};

/** One matter a section: its title and words at the left, what can be done at the right; one above the other on phones. */
export function Section({ title, id, intro, result, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-6 gap-x-12 gap-y-4 border-line border-t pt-6 pb-4 lg:grid-cols-[minmax(0,5fr)_minmax(0,9fr)]"
    >
      <div className="grid content-start gap-3">
        <h2 id={`${id}-title`} className="font-semibold text-lg">
          {title}
        </h2>
        {intro && <div className="grid gap-2 text-muted text-sm">{intro}</div>}
        {result && <div className="text-sm">{result}</div>}
      </div>
      <div className="grid min-w-0 content-start gap-5">{children}</div>
    </section>
  );
}
