import type { ReactNode } from "react";

/** Nothing here yet: what will be, and the real button that gets it there. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-start gap-3 border-line border-y py-8">
      <p className="font-semibold">{title}</p>
      <div className="max-w-xl text-muted">{children}</div>
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}
