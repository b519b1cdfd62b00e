import { formatMoney, fromDecimal } from "#lib/core/money/money.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { Evidence } from "./evidence.ts";
import { openSheet, type Sheet } from "./pdf-sheet.ts";
import { STANDING_WORDS } from "./standing-words.ts";

type Where = { country: string; timeZone: string };

/** The same evidence as the JSON file, for people: A4, times of the firm's zone, the accepted terms word by word. */
export async function evidencePdf(evidence: Evidence, where: Where): Promise<Buffer> {
  const { firm, payment, made } = evidence;
  const say = (at: string | null) => (at ? formatInstant(new Date(at), where) : "—");
  const money = (amount: string) => moneyIn(amount, payment.currency);
  const title = `Evidence of payment ${payment.reference ?? payment.id}`;
  const sheet = openSheet(title, { author: firm.name, at: new Date(made.at) });

  sheet.hero(firm.name, `${title} · times of ${where.timeZone}`);
  if (!evidence.processor.livemode) sheet.prose("TEST PAYMENT: no real money moved.", 11);
  facts(sheet, [
    ["Amount", money(payment.amount)],
    ["Payer", evidence.payer.name ?? "—", evidence.payer.email],
    ["Paid", say(payment.paidAt), `On record here ${say(payment.recordedAt)}`],
    ["Method", payment.method ?? "Card"],
    ["Receipt sent", say(payment.receiptSentAt)],
    ["From the address", evidence.payer.ip ?? "—", evidence.payer.browser],
    ...(payment.problem ? [["Problem", payment.problem] as Line] : []),
  ]);

  if (evidence.allocations.length > 0) {
    sheet.heading("What it paid");
    sheet.table(
      ["Invoice", "Amount", "Payment in Xero"],
      evidence.allocations.map((line) => [
        { text: line.invoice, note: line.xeroInvoiceId },
        { text: money(line.amount), right: true },
        { text: line.xeroPaymentId ?? "Not there yet" },
      ]),
      [0.4, 0.2, 0.4],
    );
  }

  const { processor, xero } = evidence;
  sheet.heading("Where it is known");
  facts(sheet, [
    ["Stripe payment", processor.payment, processor.checkoutSession],
    [
      "Stripe account",
      processor.account,
      `${processor.accountName}${processor.livemode ? "" : ", test mode"}`,
    ],
    [
      "Xero organisation",
      xero.organisation,
      [xero.legalName, xero.registrationNumber].filter(Boolean).join(" · "),
    ],
    [
      "In Xero",
      xero.standing === "needs_you" ? "Not written" : STANDING_WORDS[xero.standing].word,
      xero.documents.flatMap(({ said }) => said ?? []).join(" · "),
    ],
    ...xero.documents.flatMap(({ id, writtenAt }) =>
      id ? [["Xero document", id, `Written ${say(writtenAt)}`] as Line] : [],
    ),
  ]);

  sheet.heading("Timeline");
  sheet.table(
    ["When, who", "What", "Link"],
    evidence.timeline.map((line) => [
      { text: say(line.at), note: line.who },
      { text: line.what, note: [...line.notes, ...(line.ip ? [`From ${line.ip}`] : [])].join("\n") },
      { text: line.link?.position ?? "None", note: line.link?.hash },
    ]),
    [0.25, 0.47, 0.28],
  );
  sheet.prose(evidence.howToCheck, 8);

  if (evidence.terms) {
    sheet.heading(`Terms, version ${evidence.terms.version}`);
    facts(sheet, [
      ["Accepted", say(evidence.terms.acceptedAt)],
      ["SHA-256 of the text", evidence.terms.sha256],
    ]);
    sheet.prose(evidence.terms.text);
  }
  return sheet.close(`${title} · made ${say(made.at)} by ${made.by}`);
}

type Line = [label: string, value: string, note?: string | null | undefined];

function facts(sheet: Sheet, lines: Line[]): void {
  sheet.table(
    null,
    lines.map(([label, text, note]) => [{ text: label }, { text, note: note ?? undefined }]),
    [0.28, 0.72],
  );
}

function moneyIn(amount: string, currency: string): string {
  return `${formatMoney({ minor: fromDecimal(amount, currency), currency })} ${currency}`;
}
