import type { Metadata } from "next";
import { DeskBar } from "#app/(desk)/desk-bar.tsx";
import { requireActor } from "#app/door/actor.ts";
import { EmptyState } from "#components/empty-state.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { DeskPage } from "#components/top-bar.tsx";
import { db } from "#lib/core/db.ts";
import { listMyFirms, type MyFirm } from "#lib/firms/read.ts";

export const metadata: Metadata = { title: "Firms" };

export default async function FirmsPage() {
  const actor = await requireActor();
  const firms = await listMyFirms(db(), actor);
  const companies = Map.groupBy(firms, ({ companySlug }) => companySlug);
  return (
    <>
      <DeskBar actor={actor} home="/firms" />
      <DeskPage>
        <PageTitle title="Firms" lead={firms.length > 0 ? "Choose the firm to work for." : undefined} />
        {firms.length === 0 && (
          <EmptyState title="No firm yet">
            <p>You have no role at any firm. Ask an owner to add {actor.email}.</p>
          </EmptyState>
        )}
        {[...companies].map(([slug, listed]) => (
          <CompanyFirms key={slug} firms={listed} />
        ))}
      </DeskPage>
    </>
  );
}

function CompanyFirms({ firms }: { firms: MyFirm[] }) {
  const [first] = firms;
  if (!first) return null;
  const id = `company-${first.companySlug}`;
  return (
    <section aria-labelledby={id} className="grid max-w-2xl gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-6">
        <h2 id={id} className="font-semibold text-lg">
          {first.companyName}
        </h2>
        {first.ownsCompany && (
          <a href={`/firms/${first.companySlug}/new`} className="inline-flex min-h-11 items-center text-sm">
            Add a firm<span className="sr-only"> to {first.companyName}</span>
          </a>
        )}
      </div>
      <ul className="border-line border-t">
        {firms.map(({ companySlug, firmSlug, firmName, role }) => (
          <li key={firmSlug} className="flex items-center justify-between gap-4 border-line border-b">
            <a
              href={`/firms/${companySlug}/${firmSlug}`}
              className="flex min-h-12 flex-1 items-center font-semibold"
            >
              {firmName}
            </a>
            <span className="text-muted text-sm">{role}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
