/** Invoices of a test's own: made in Xero as the firm's billing program would, and awaited in the mirror. */
import { expect } from "@playwright/test";
import type { Ground } from "./ground.ts";
import { TAKE_UP_MS } from "./mode.ts";
import type { Home } from "./simulator.ts";

export type Made = {
  id: string;
  number: string;
  /** "120.50" */
  amount: string;
  minor: number;
  contactId: string;
  tenantId: string;
  home: Home;
};

export type Wanted = { total: string; number?: string; currency?: string; status?: "AUTHORISED" | "DRAFT" };
export type Client = { name: string; email: string; invoices: Made[] };

let count = Date.now() % 1_000_000;

/** Unlike any other in this run. */
export const unique = (): string =>
  `${process.env.TEST_WORKER_INDEX ?? 0}${(count++).toString(36).toUpperCase()}`;

/** A new client of the firm with these invoices, all of them in the mirror when it returns. */
export async function bill(ground: Ground, home: Home, wanted: Wanted[], email?: string): Promise<Client> {
  const { simulator } = ground;
  const { tenantId } = await simulator.organisation(home);
  const key = unique();
  const name = `Client ${key}`;
  const address = email ?? `client-${key.toLowerCase()}@clients.example`;
  type Contacts = { Contacts: { ContactID: string }[] };
  const { Contacts } = await simulator.books<Contacts>(home, "PUT", "Contacts", {
    Contacts: [{ Name: name, EmailAddress: address }],
  });
  const contactId = Contacts[0]?.ContactID ?? "";
  type Invoices = { Invoices: { InvoiceID: string; InvoiceNumber: string }[] };
  const { Invoices } = await simulator.books<Invoices>(home, "PUT", "Invoices", {
    Invoices: wanted.map(({ total, number, currency, status = "AUTHORISED" }, at) => ({
      Type: "ACCREC",
      Contact: { ContactID: contactId },
      InvoiceNumber: number ?? `E${key}-${at + 1}`,
      Date: day(-10),
      DueDate: day(4 + at),
      Status: status,
      LineAmountTypes: "NoTax",
      ...(currency ? { CurrencyCode: currency } : {}),
      LineItems: [{ Description: "Services", Quantity: 1, UnitAmount: total, AccountCode: "200" }],
    })),
  });
  const invoices = Invoices.map(({ InvoiceID, InvoiceNumber }, at) => {
    const amount = wanted[at]?.total ?? "";
    const minor = Math.round(Number(amount) * 100);
    return { id: InvoiceID, number: InvoiceNumber, amount, minor, contactId, tenantId, home };
  });
  await mirrored(
    ground,
    invoices.map(({ id, minor }) => ({ id, due: minor })),
  );
  await expect
    .poll(
      async () =>
        (await ground.query("select email from contacts where contact_id = $1", [contactId]))[0]?.email,
    )
    .toBe(address);
  return { name, email: address, invoices };
}

let invoicesSoFar = 0;

/** One invoice of a new client of firm harbour, over an amount that no other test charges. */
export async function oneInvoice(ground: Ground): Promise<Made> {
  invoicesSoFar += 1;
  const total = `${500 + invoicesSoFar}.${10 + invoicesSoFar}`;
  const [invoice] = (await bill(ground, "harbour", [{ total }])).invoices;
  if (!invoice) throw new Error("Not billed");
  return invoice;
}

/** Waits until the mirror of a live connection says this of these invoices. */
export async function mirrored(
  ground: Ground,
  states: { id: string; due?: number; status?: string }[],
): Promise<void> {
  const wanted = states.map(({ id, due, status }) => ({ id, due, status }));
  await expect
    .poll(
      async () => {
        const rows = await ground.query<{ id: string; due: string; status: string }>(
          `select i.invoice_id id, i.due_minor due, i.status from invoices i join connections c on c.id = i.connection_id
           where c.ended_at is null and i.invoice_id = any($1)`,
          [states.map(({ id }) => id)],
        );
        return wanted.map(({ id, due, status }) => {
          const row = rows.find((one) => one.id === id);
          return { id, due: due === undefined ? undefined : Number(row?.due), status: status && row?.status };
        });
      },
      { message: "the mirror shows what Xero has", timeout: 20_000 + TAKE_UP_MS },
    )
    .toEqual(wanted);
}

/** Waits until Xero shows each invoice paid in full, and returns the references of the payments on them. */
export async function paidInXero(ground: Ground, invoices: Made[]): Promise<string[]> {
  const references: string[] = [];
  for (const made of invoices) {
    await expect
      .poll(async () => (await ground.simulator.invoice(made.home, made.number)).status, {
        timeout: 20_000 + TAKE_UP_MS,
      })
      .toBe("PAID");
    const payments = await ground.simulator.paymentsOf(made);
    expect(payments.map(({ amount }) => amount)).toEqual([made.minor]);
    references.push(...payments.map(({ reference }) => reference));
  }
  return references;
}

export function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}
