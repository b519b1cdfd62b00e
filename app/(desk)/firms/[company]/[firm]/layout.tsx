import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { DeskBar } from "#app/(desk)/desk-bar.tsx";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { NavLink } from "#components/nav-link.tsx";
import { DeskPage } from "#components/top-bar.tsx";
import { db } from "#lib/core/db.ts";
import { listMyFirms } from "#lib/firms/read.ts";
import { may } from "#lib/firms/rules.ts";

type Props = { params: Promise<Place>; children: ReactNode };

/** The bar of one firm's pages. Each page asks for its own permission; this one only draws. */
export default async function FirmLayout({ params, children }: Props) {
  const { actor, firm } = await requireFirmPage(await params, "see");
  const hasOthers = firm.companyRole === "owner" || (await listMyFirms(db(), actor)).length > 1;
  const home = `/firms/${firm.companySlug}/${firm.firmSlug}` as Route;
  const context = (
    <>
      <span className="font-semibold text-ink">{firm.firmName}</span>
      {hasOthers && (
        <>
          <span aria-hidden="true"> · </span>
          <Link href={"/firms" as Route} className="inline-flex min-h-11 items-center">
            All firms
          </Link>
        </>
      )}
    </>
  );
  return (
    <>
      <DeskBar actor={actor} home={home} context={context}>
        <NavLink href={home} exact>
          Home
        </NavLink>
        <NavLink href={`${home}/payments` as Route}>Payments</NavLink>
        <NavLink href={`${home}/orders` as Route}>Orders</NavLink>
        <NavLink href={`${home}/to-do` as Route}>To-do</NavLink>
        <NavLink href={`${home}/connections` as Route}>Connections</NavLink>
        {may(firm, "settings") && <NavLink href={`${home}/settings` as Route}>Settings</NavLink>}
      </DeskBar>
      <DeskPage>{children}</DeskPage>
    </>
  );
}
