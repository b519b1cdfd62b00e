/** Everyday invoices in every state, by seeded chance. */
import type { Contact, InvoiceStatus } from "../model.ts";
import { addDocument, type Document } from "./documents.ts";
import type { Firm } from "./organisation.ts";
import type { Random } from "./random.ts";

const states: [status: InvoiceStatus, share: number][] = [
  ["PAID", 45],
  ["AUTHORISED", 35],
  ["DRAFT", 6],
  ["SUBMITTED", 4],
  ["VOIDED", 6],
  ["DELETED", 4],
];

const work = [
  "Monthly bookkeeping",
  "Tax return",
  "Advice",
  "Payroll run",
  "Company secretarial",
  "Annual accounts",
];

export function addMixture(
  firm: Firm,
  random: Random,
  contacts: Contact[],
  count: number,
  first: number,
): void {
  const active = contacts.filter(({ status }) => status === "ACTIVE");
  for (let at = 0; at < count; at++) {
    const isBill = random.chance(0.15);
    addDocument(
      firm,
      everyday(firm, random, active, isBill ? `SUP-${first + at}` : `INV-${first + at}`, isBill),
    );
  }
}

function everyday(firm: Firm, random: Random, active: Contact[], number: string, isBill: boolean): Document {
  const status = pickState(random);
  const issued = -random.below(300) - 1;
  const total = (random.below(400) + 1) * 550 + (random.chance(0.2) ? random.below(100) : 0);
  const abroad = Object.keys(firm.plan.foreign);
  return {
    number,
    contact: random.pick(active),
    total,
    issued,
    due: issued + random.pick([7, 14, 14, 30]),
    status,
    type: isBill ? "ACCPAY" : "ACCREC",
    description: random.pick(work),
    reference: random.chance(0.3) ? `PO ${random.below(9000) + 1000}` : "",
    ...(abroad.length > 0 && random.chance(0.12) && { currency: random.pick(abroad) }),
    ...money(random, status, total),
  };
}

/** A paid one has it all, in one to three parts or in part by a credit note; some open ones have a part. */
function money(random: Random, status: InvoiceStatus, total: number): Pick<Document, "paid" | "credited"> {
  if (status === "AUTHORISED" && random.chance(0.2)) return { paid: [Math.floor(total / 3)] };
  if (status !== "PAID") return {};
  if (random.chance(0.05)) return { credited: total };
  if (random.chance(0.1)) return { credited: Math.floor(total / 4), paid: [total - Math.floor(total / 4)] };
  if (random.chance(0.15)) return { paid: [Math.floor(total / 2), total - Math.floor(total / 2)] };
  return { paid: [total] };
}

function pickState(random: Random): InvoiceStatus {
  let left = random.below(100);
  for (const [status, share] of states) {
    if (left < share) return status;
    left -= share;
  }
  return "PAID";
}
