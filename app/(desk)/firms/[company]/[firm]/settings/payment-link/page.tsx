import type { Metadata } from "next";
import { Fragment } from "react";
import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { Streamed } from "#app/door/streamed.tsx";
import { CopyText } from "#components/copy-text.tsx";
import { ExternalLink } from "#components/external-link.tsx";
import { Button } from "#components/forms/button.tsx";
import { Field } from "#components/forms/field.tsx";
import { PageTitle } from "#components/page-title.tsx";
import { Section } from "#components/section.tsx";
import { StatusWord } from "#components/status-word.tsx";
import { db } from "#lib/core/db.ts";
import { env } from "#lib/core/env.ts";
import { organisationAtXero } from "#lib/xero/organisations/deep-links.ts";
import { checkPastedUrl, type Finding, paymentUrlTemplate } from "#lib/xero/organisations/payment-url.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { Clearing } from "./clearing-section.tsx";

export const metadata: Metadata = { title: "Payment link" };

type Props = { params: Promise<Place>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function PaymentLinkPage({ params, searchParams }: Props) {
  const place = await params;
  const { firm } = await requireFirmPage(place, "settings");
  const { live } = await loadConnections(db(), firm);
  const { check, wait } = await searchParams;
  const pasted = typeof check === "string" ? check.slice(0, 2_000) : undefined;
  const here = { origin: env().PUBLIC_ORIGIN, company: firm.companySlug, firm: firm.firmSlug };
  return (
    <>
      <PageTitle
        title="Payment link"
        lead="How the Pay now button on an invoice in Xero leads to this firm's pay page."
        back={{ href: `/firms/${place.company}/${place.firm}/settings`, label: "Settings" }}
      />
      <div>
        <Section
          id="address"
          title="The address"
          intro={<p>Xero fills in what stands in square brackets, anew for each invoice.</p>}
        >
          <CopyText text={paymentUrlTemplate(here)} label="the payment address" />
        </Section>

        <Section
          id="where"
          title="Where to paste it"
          intro={<p>In Xero, as a user who may change its settings.</p>}
        >
          <ol className="grid list-decimal gap-2 pl-5">
            <li>
              Open the organisation.{" "}
              {live.map(({ connectionId, shortCode, organisationName }, index) => (
                <Fragment key={connectionId}>
                  {index > 0 && ", "}
                  <ExternalLink href={organisationAtXero(shortCode)}>{organisationName}</ExternalLink>
                </Fragment>
              ))}
              {live.length > 1 && " Do the same in each."}
            </li>
            <li>Under its name choose Settings, then Online payments.</li>
            <li>Choose Add another online payment option, then Custom Payment URL.</li>
            <li>
              Name it as your clients should read it, with the button text “Pay now”, and paste the address.
            </li>
            <li>
              Choose Manage themes, and switch it on for each branding theme that you send invoices with.
            </li>
            <li>Open an invoice that is awaiting payment, as its client sees it, and press Pay now.</li>
          </ol>
        </Section>

        <Section
          id="check"
          title="Check what is in Xero"
          intro={<p>Copy the address out of Xero and paste it here. Nothing is saved or sent.</p>}
        >
          {pasted !== undefined && <Findings findings={checkPastedUrl(pasted, here)} />}
          <form method="get" action="#check" className="grid max-w-xl gap-4">
            <Field
              id="pasted"
              name="check"
              label="Address as it stands in Xero"
              defaultValue={pasted}
              autoComplete="off"
              spellCheck={false}
              maxLength={2_000}
              code
              required
            />
            <div>
              <Button kind="quiet">Check this address</Button>
            </div>
          </form>
        </Section>

        <Section
          id="clearing-account"
          title="Clearing account"
          intro={
            <p>
              Where a payment stands in Xero between the day the client paid and the day the processor pays
              out. A bank account made for this alone is best: it shows what is on its way.
            </p>
          }
        >
          {live.length === 0 ? (
            <p>
              First <a href={`/firms/${place.company}/${place.firm}/connections`}>connect Xero</a>: the
              accounts come from there.
            </p>
          ) : (
            <Streamed waits={wait !== undefined} note="Reading the accounts from Xero…">
              <div className="grid gap-8">
                {live.map((story) => (
                  <Clearing
                    key={story.connectionId}
                    place={place}
                    firm={firm}
                    story={story}
                    named={live.length > 1}
                  />
                ))}
              </div>
            </Streamed>
          )}
        </Section>
      </div>
    </>
  );
}

const TONES = { ok: ["ok", "Right"], warn: ["warn", "Could be better"], wrong: ["danger", "Wrong"] } as const;

function Findings({ findings }: { findings: Finding[] }) {
  return (
    <div role="status">
      <ul className="border-line border-t">
        {findings.map(({ tone, text }) => {
          const [colour, word] = TONES[tone];
          return (
            <li key={text} className="grid border-line border-b py-2.5">
              <StatusWord tone={colour}>{word}</StatusWord>
              <span className="break-words">{text}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
