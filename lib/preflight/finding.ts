import type { Money } from "#lib/core/money/money.ts";
import type { Unpayable } from "#lib/payments/attempts/charge-amount-rules.ts";
import type { OrganisationNow } from "#lib/xero/organisations/ask-organisation.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";

/** What the desk is for, each with what it needs. */
export const CAPABILITIES = ["connect", "pay", "write", "fresh", "letters"] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Where a finding is mended: a page of the firm, or Xero itself. */
export type Fix =
  | { where: "desk"; path: string; label: string }
  | { where: "xero"; shortCode: string; label: string };

export type Finding = {
  capability: Capability;
  /** ok; a fault, without which it does not work; unsure, which a person must look at. */
  state: "ok" | "fault" | "unsure";
  says: string;
  fix: Fix | null;
};

export type OrganisationFacts = {
  story: ConnectionDetails;
  /** A sentence when Xero could not be asked. */
  now: OrganisationNow | string;
  /** Today where the organisation is, "2026-11-21". */
  today: string;
  currenciesOwed: string[];
  /** The first few invoices of each currency that can't be paid online as they stand, and why. */
  unpayable: { number: string; due: Money; because: Unpayable }[];
  firstReadingDone: boolean;
  lastVisit: Date | null;
  /** Where its payouts are written, when somebody has said so. */
  payouts: { bankAccountId: string; bankAccountName: string; feeAccountCode: string } | null;
};

export const desk = (path: string, label: string): Fix => ({ where: "desk", path, label });

/** A finding under its capability: `says("pay")("ok", "…")`. */
export const says =
  (capability: Capability) =>
  (state: Finding["state"], text: string, fix: Fix | null = null): Finding => ({
    capability,
    state,
    says: text,
    fix,
  });
