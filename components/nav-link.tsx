"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps<T extends string> = {
  href: Route<T>;
  children: ReactNode;
  /** Home is current only on its own address, the others on what lies below theirs too. */
  exact?: boolean;
};

export function NavLink<T extends string>({ href, children, exact = false }: NavLinkProps<T>) {
  const path = usePathname();
  const current = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <Link
      href={href}
      aria-current={current ? "page" : undefined}
      className="flex min-h-11 items-center border-transparent border-b-2 px-2 text-ink text-sm no-underline hover:border-edge aria-[current]:border-accent aria-[current]:font-semibold"
    >
      {children}
    </Link>
  );
}
