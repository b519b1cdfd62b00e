import type { ReactNode } from "react";
import { Accent } from "#components/accent.tsx";
import { PAY_SCRIPT } from "#components/pay/pay-script.ts";
import { PayShell } from "#components/pay/pay-shell.tsx";
import type { PayStep } from "#components/pay/steps.tsx";
import type { FirmFace } from "#components/pay/types.ts";
import { dayIn } from "#lib/core/clock.ts";
import { env } from "#lib/core/env.ts";
import type { PayerFirm } from "#lib/firms/read.ts";
import type { PayConnection } from "#lib/xero/organisations/pay-connections.ts";
import { pageNonce } from "../door/nonce.ts";
import { type PayParams, payPath } from "./pay-door.ts";

export type PayPageProps = {
  params: PayParams;
  firm: PayerFirm | null;
  /** Null until the link has shown which of the firm's organisations it means. */
  books: PayConnection | null;
  step: PayStep | null;
  /** Test payments are taken in books that are real. */
  isTest: boolean;
  children: ReactNode;
};

/** What every pay page stands in: the firm's face and colour, the steps, whom to ask, and the pages' script. The root of each. */
export async function PayPage({ params, firm, books, step, isTest, children }: PayPageProps) {
  const nonce = await pageNonce();
  return (
    <>
      <Accent nonce={nonce} accent={firm?.accent ?? null} />
      <PayShell
        firm={firm && faceOf(params, firm, books)}
        step={step}
        demonstration={env().SIMULATOR_URL !== undefined}
        isTest={isTest}
      >
        {children}
      </PayShell>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours, which the policy allows by its nonce or hash */}
      <script nonce={nonce} dangerouslySetInnerHTML={{ __html: PAY_SCRIPT }} />
    </>
  );
}

export function faceOf(params: PayParams, firm: PayerFirm, books: PayConnection | null): FirmFace {
  return {
    name: firm.name,
    registeredName: books ? (books.legalName ?? books.organisationName) : null,
    registrationNumber: books?.registrationNumber ?? null,
    logo: firm.hasLogo ? `${payPath(params)}/logo` : null,
    supportEmail: firm.supportEmail,
    supportPhone: firm.supportPhone,
  };
}

/** Where and when a payer reads: the organisation's country and its own day. */
export function readerOf(books: PayConnection) {
  return { country: books.countryCode, today: dayIn(books.timeZone, new Date()) };
}
