import type { ReactNode } from "react";

type PageTitleProps = {
  title: ReactNode;
  /** One sentence: what this page is for. */
  lead?: ReactNode;
  back?: { href: string; label: string };
  /** The page's one next step, at the right on wide screens. */
  action?: ReactNode;
};

export function PageTitle({ title, lead, back, action }: PageTitleProps) {
  return (
    <header className="grid gap-2">
      {back && (
        <p className="text-sm">
          <a href={back.href} className="-my-2 inline-flex min-h-11 items-center">
            <span aria-hidden="true">←&nbsp;</span>
            {back.label}
          </a>
        </p>
      )}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid max-w-2xl gap-1">
          <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
          {lead && <p className="text-muted">{lead}</p>}
        </div>
        {action}
      </div>
    </header>
  );
}
