import type { ReactNode } from "react";

/** A state of things: its name, what it means, what to do. */
export function Message({
  title,
  children,
  actions,
}: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="grid gap-6">
      <div className="grid gap-3">
        <h1 className="font-semibold text-xl tracking-tight">{title}</h1>
        {children}
      </div>
      {actions && <div className="grid gap-3">{actions}</div>}
    </div>
  );
}
