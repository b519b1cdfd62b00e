import type { ReactNode } from "react";
import { requireActor } from "#app/door/actor.ts";
import { VERSION } from "#lib/core/version.ts";

/** The desk is for people who are signed in. Each page below asks again for itself: a layout guards nothing. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  await requireActor();
  return (
    <>
      {children}
      <footer className="mx-auto max-w-5xl px-4 pb-6 text-muted text-sm sm:px-6 print:hidden">
        Counterfoil {VERSION}
      </footer>
    </>
  );
}
