import type { Metadata } from "next";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { ImportForm } from "./import-form.tsx";

export const metadata: Metadata = { title: "Import old credentials" };

const EXAMPLE = `kind,consumerKey,endedOn,certificateSubject,certificateExpiresOn,fingerprint
oauth1,P0INTOFRENTALKEY,2021-12-31,,,
x509,QU00XPRIVATEAPP,,CN=Quoox,2021-06-30,3A:5B:…`;

export default async function ImportCredentialsPage({ params }: { params: Promise<Place> }) {
  const place = await params;
  await requireFirmPage(place, "connect");
  return (
    <>
      <PageTitle
        title="Import old credentials"
        lead="Puts on file what an earlier system used, so that it is known what was and what replaces it."
        back={{ href: `/firms/${place.company}/${place.firm}/settings/xero`, label: "Xero app" }}
      />
      <Section
        id="import"
        title="From a file"
        intro={
          <>
            <p>
              An old OAuth 1.0a token (oauth1) or an old private app with its certificate (x509). Xero has
              retired both; nothing is sent with them.
            </p>
            <p>
              Secrets and private keys are not kept: take them out of the file, or they are left out here.
            </p>
            <p>The same file again changes nothing.</p>
          </>
        }
      >
        <ImportForm place={place} />
        <div className="grid gap-1.5">
          <h3 className="font-semibold">An example</h3>
          <pre className="whitespace-pre-wrap break-all border-line border-l-2 pl-4 font-mono text-sm">
            {EXAMPLE}
          </pre>
        </div>
      </Section>
    </>
  );
}
