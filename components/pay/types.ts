import type { IsoDate } from "#lib/core/text/date-words.ts";

/** The firm as its clients know it: on top of every pay page and under it. */
export type FirmFace = {
  name: string;
  /** As its organisation has it in Xero: "Demo Accountants Pty Ltd". */
  registeredName: string | null;
  /** With its kind: "ABN 12 345 678 901". */
  registrationNumber: string | null;
  /** An address this page may load, or a data: address. */
  logo: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
};

/** Where and when a page is read: dates are written for that country, distances count from that day. */
export type Reader = { country: string; today: IsoDate };

/** Fields that a form carries along unseen. */
export type Hidden = Record<string, string>;

/** How long a bank debit usually takes, of whatever country. */
export const DEBIT_DAYS = 4;
