/** From the moment that the processor has the money to the moment that the payment stands in Xero. */
import { formOf, newPayer } from "../payer.ts";
import type { Control, TrueInvoice } from "../simulator.ts";

/** What the processor takes at once, in minor units. */
const [LEAST, MOST] = [100, 99_999_999];

type CaptureOptions = {
  webUrl: string;
  firmPath: string;
  tenantId: string;
  payments: number;
  everyMs: number;
};

/** Pays so many invoices, one every so often, and answers how long each took in milliseconds. Throws when one never arrives. */
export async function captureTimes(control: Control, options: CaptureOptions): Promise<number[]> {
  const { tenantId, payments, everyMs } = options;
  const { invoices } = await control.get<{ invoices: TrueInvoice[] }>(
    `/xero/invoices?tenantId=${tenantId}&status=AUTHORISED`,
  );
  const owed = invoices.filter(
    (one) => one.type === "ACCREC" && one.amountDue >= LEAST && one.amountDue <= MOST,
  );
  if (owed.length < payments) throw new Error(`The seed has only ${owed.length} invoices to pay`);

  const sessions = new Map<string, string>();
  for (const invoice of owed.slice(0, payments))
    sessions.set(invoice.id, await upToProcessor(invoice, options));

  const before = await control.last("xero.payment.created");
  const paidAt = new Map<string, number>();
  const start = Date.now();
  for (const [index, [invoiceId, session]] of [...sessions].entries()) {
    await new Promise((due) => setTimeout(due, Math.max(0, start + index * everyMs - Date.now())));
    paidAt.set(invoiceId, Date.now());
    await control.post("/stripe/complete", { session });
  }
  return waitForAll(control, { before, paidAt });
}

/** Pay page, choice, details, terms: answers the processor's session. */
async function upToProcessor(invoice: TrueInvoice, { webUrl, firmPath }: CaptureOptions): Promise<string> {
  const payer = newPayer(webUrl);
  const query = new URLSearchParams({
    amount: (invoice.amountDue / 100).toFixed(2),
    invoice: invoice.number,
  });
  const chosen = await payer.submit(formOf(await payer.open(`${firmPath}?${query}`), "/choose"));
  const details = { name: "Bench Payer", email: "payer@bench.example", terms: "accepted" };
  const processor = await payer.submit(formOf(await payer.open(chosen), "/pay"), details);
  const session = /cs_[A-Za-z0-9_]+/.exec(processor)?.[0];
  if (!session) throw new Error(`${invoice.number} was not sent to the processor but to ${processor}`);
  return session;
}

async function waitForAll(
  control: Control,
  { before, paidAt }: { before: number; paidAt: Map<string, number> },
): Promise<number[]> {
  const giveUp = Date.now() + 60_000;
  for (;;) {
    const seen = await control.journal("xero.payment.created", before);
    const times = seen.flatMap(({ at, data }) => {
      const from = paidAt.get(String(data.invoiceId));
      return from === undefined ? [] : [Date.parse(at) - from];
    });
    if (times.length > paidAt.size) throw new Error("A payment is in Xero twice");
    if (times.length === paidAt.size) return times;
    if (Date.now() > giveUp)
      throw new Error(
        `${paidAt.size - times.length} of ${paidAt.size} payments are not in Xero after a minute`,
      );
    await new Promise((again) => setTimeout(again, 250));
  }
}
