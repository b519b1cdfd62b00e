import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DeskBar } from "#app/(desk)/desk-bar.tsx";
import { requireActor } from "#app/door/actor.ts";
import { PageTitle } from "#components/page-title.tsx";
import { DeskPage } from "#components/top-bar.tsx";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { requireCompany } from "#lib/firms/authorise.ts";
import { FirmForm } from "./firm-form.tsx";

export const metadata: Metadata = { title: "Add a firm" };

export default async function NewFirmPage({ params }: { params: Promise<{ company: string }> }) {
  const actor = await requireActor();
  const company = await requireCompany(db(), actor, (await params).company).catch((error: unknown) => {
    if (error instanceof AppError) notFound();
    throw error;
  });
  const lead = `It starts with private links and our default terms; ${company.companyName}'s people can work on it at once.`;
  return (
    <>
      <DeskBar actor={actor} home="/firms" />
      <DeskPage>
        <PageTitle title="Add a firm" lead={lead} back={{ href: "/firms", label: "Firms" }} />
        <FirmForm
          companySlug={company.companySlug}
          linkStart={`${env().PUBLIC_ORIGIN}/pay/${company.companySlug}`}
        />
      </DeskPage>
    </>
  );
}
