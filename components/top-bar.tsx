import type { ReactNode } from "react";

type TopBarProps = {
  /** Where the name leads. */
  home: string;
  /** Which firm this is about, or who else could be chosen. */
  context?: ReactNode;
  /** NavLinks. */
  children?: ReactNode;
  /** Who is signed in, and the way out. */
  account?: ReactNode;
};

/** The staff pages' one line on top; it wraps on a phone. Begins with the way past it for those who come by keyboard. */
export function TopBar({ home, context, children, account }: TopBarProps) {
  return (
    <>
      <a
        href="#main"
        className="sr-only bg-paper focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10 focus:px-4 focus:py-2.5"
      >
        Skip to the page
      </a>
      <header className="border-line border-b">
        <div className="mx-auto flex max-w-5xl flex-wrap items-center gap-x-6 px-4 sm:px-6">
          <a
            href={home}
            className="flex min-h-12 items-center font-bold text-accent tracking-tight no-underline"
          >
            Counterfoil
          </a>
          {context && <div className="text-muted text-sm">{context}</div>}
          {account && <div className="ml-auto flex min-h-12 items-center gap-4 text-sm">{account}</div>}
          {children && (
            <nav aria-label="Main" className="-mx-2 flex basis-full flex-wrap">
              {children}
            </nav>
          )}
        </div>
      </header>
    </>
  );
}

/** The page under the bar: one column, wide enough for a table. */
export function DeskPage({ children }: { children: ReactNode }) {
  return (
    <main id="main" className="wrap-anywhere mx-auto grid max-w-5xl gap-8 px-4 pt-8 pb-20 sm:px-6">
      {children}
    </main>
  );
}
