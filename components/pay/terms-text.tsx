/** Terms to read in place: as high as a few lines, scrolled by touch, wheel or keyboard. */
export function TermsText({ title, body }: { title: string; body: string }) {
  return (
    <div className="grid gap-1.5">
      <h2 id="terms-title" className="font-semibold">
        {title}
      </h2>
      <section
        aria-labelledby="terms-title"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
        tabIndex={0}
        className="grid max-h-52 gap-2 overflow-y-auto rounded border border-line bg-sheet px-3.5 py-3 text-sm"
      >
        {body.split(/\n{2,}/).map((paragraph) => (
          <p key={paragraph} className="whitespace-pre-line">
            {paragraph}
          </p>
        ))}
      </section>
    </div>
  );
}
