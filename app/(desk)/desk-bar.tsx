import type { ReactNode } from "react";
import { signOut } from "#app/sign-in/actions.ts";
import { TopBar } from "#components/top-bar.tsx";
import type { Actor } from "#lib/people/actor.ts";

type DeskBarProps = { actor: Actor; home: string; context?: ReactNode; children?: ReactNode };

/** The bar of every staff page, with who is signed in and the way out. */
export function DeskBar({ actor, home, context, children }: DeskBarProps) {
  const account = (
    <>
      <span className="text-muted max-sm:sr-only">{actor.name}</span>
      <form action={signOut}>
        <button type="submit" className="min-h-11 cursor-pointer text-accent underline underline-offset-4">
          Sign out
        </button>
      </form>
    </>
  );
  return (
    <TopBar home={home} context={context} account={account}>
      {children}
    </TopBar>
  );
}
