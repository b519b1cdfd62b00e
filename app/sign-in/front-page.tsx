import type { ReactNode } from "react";

/** The narrow page before the desk: sign in, set up, set a password. */
export function FrontPage({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto grid max-w-md gap-6 px-4 pt-12 pb-20 sm:px-6 sm:pt-20">
      <p className="font-bold text-accent tracking-tight">Counterfoil</p>
      <div className="grid gap-2 border-line border-t pt-6">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        {lead && <div className="text-muted">{lead}</div>}
      </div>
      {children}
    </main>
  );
}
