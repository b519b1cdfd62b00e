import { formatMoney } from "#lib/core/money/money.ts";
import { DISPUTE_WORDS } from "#lib/payments/disputes/dispute-words.ts";
import { titleOfBreak } from "#lib/reconcile/words.ts";
import { ofOrder } from "./order-line-words.ts";

const POSTED: Record<string, string> = {
  batch_payment: "Written to Xero as a batch payment",
  credit_note: "Credited in Xero",
  credit_refund: "The refund written to Xero",
  removal: "Taken off in Xero",
  overpayment: "Written to Xero as an overpayment",
  invoice: "The invoice written to Xero",
  purchase_order: "The purchase order written to Xero",
  order_credit: "The credit note written to Xero",
  allocation: "The credit note set against its invoice in Xero",
  contact: "The contact written to Xero",
  attachment: "The file put on the invoice in Xero",
  invoice_email: "The invoice e-mailed by Xero",
};

type Line = {
  action: string;
  detail: Record<string, string | number | boolean | null>;
  isErased?: boolean;
};

/** What a line of the timeline says, and what stands under it. `numbers` are the payment's invoices by Xero's id. */
export function inWords(
  { action, detail, isErased }: Line,
  numbers: Map<string, string>,
): { title: string; notes: string[] } {
  if (isErased) return { title: plain(action), notes: ["What it said was erased at the payer's request."] };
  const text = (name: string) => (detail[name] === null ? "" : String(detail[name] ?? ""));
  const shares = () => sharesIn(text("lines"), text("currency"), numbers);
  switch (action) {
    case "code.confirmed":
      return { title: "Confirmed the code sent to the client's e-mail", notes: [] };
    case "link.opened":
      return { title: `Opened the pay link of ${text("asked")} and chose what to pay`, notes: shares() };
    case "amounts.accepted":
      return { title: "Agreed to amounts that had changed", notes: shares() };
    case "amounts.chosen":
      return { title: "Chose how much to pay", notes: shares() };
    case "terms.accepted":
      return {
        title: `Was shown the terms, version ${text("version")}, and accepted them`,
        notes: [`SHA-256 of the text: ${text("sha256")}`],
      };
    case "payment.held":
      return { title: "Pressed Pay: the invoices were held for this payment", notes: shares() };
    case "payment.started-again":
      return { title: "Started again with the link: this try was to end first", notes: [] };
    case "payment.released":
      return {
        title: "The try ended without a charge: its invoices were free again",
        notes: [text("reason")].filter(Boolean),
      };
    case "payment.captured":
      return {
        title: `Charged ${money(text("minor"), text("currency"))}`,
        notes: [text("objectRef"), text("problem")].filter(Boolean),
      };
    case "posting.done":
      return {
        title:
          text("kind") === "removal" && !text("payments")
            ? "The credit was taken off in Xero"
            : (POSTED[text("kind")] ?? "Written to Xero"),
        notes: [`${text("reference")} · ${text("xeroId")}`, ...paymentsIn(text("payments"), numbers)],
      };
    case "posting.refused":
      return { title: `Xero refused ${text("reference")}`, notes: [text("message")] };
    case "payment.debit-submitted":
      return { title: "Gave a bank debit: the invoices stay held until the bank answers", notes: [] };
    case "surplus.settled": {
      const money_ = money(text("minor"), text("currency"));
      return {
        title: `${money_} was more than ${text("from")} owed: ${text("to") ? `put on ${text("to")}` : "kept as an overpayment"}`,
        notes: [],
      };
    }
    case "refund.asked":
      return {
        title: `Asked for a refund of ${money(text("minor"), text("currency"))}`,
        notes: [text("note")].filter(Boolean),
      };
    case "refund.succeeded":
      return { title: `Refunded ${money(text("minor"), text("currency"))}`, notes: [text("objectRef")] };
    case "refund.pending":
      return {
        title: `A refund of ${money(text("minor"), text("currency"))} is on its way`,
        notes: [text("objectRef")],
      };
    case "refund.failed":
      return {
        title: `A refund of ${money(text("minor"), text("currency"))} did not go through: the money is back`,
        notes: [text("objectRef")],
      };
    case "refund.refused":
      return { title: "The refund was refused: nothing moved", notes: [text("reason")] };
    case "payment.rebuilt":
      return {
        title: "Found again at Stripe after our own records were lost, and rebuilt from there",
        notes: [text("session")],
      };
    case "payment.posting-remade":
      return { title: "What tells Xero of it was missing here, and was made again", notes: [] };
    case "break.opened":
      return {
        title: titleOfBreak(text("kind")),
        notes: [`Here: ${text("here")}. There: ${text("there")}.`, text("objectRef")],
      };
    case "break.closed":
      return { title: `No longer so: ${titleOfBreak(text("kind"))}`, notes: [text("objectRef")] };
    case "break.settled":
      return { title: "Marked as seen to", notes: [text("note")] };
    case "posting.by-hand":
      return { title: "Marked it as done by hand in Xero", notes: [text("note")] };
    case "posting.retried":
      return { title: "Had it sent to Xero again", notes: [] };
    default:
      return (
        ofOrder(action, text, (minor) => money(minor, text("currency"))) ??
        ofDispute(action, text) ?? { title: plain(action), notes: [] }
      );
  }
}

function ofDispute(
  action: string,
  text: (name: string) => string,
): { title: string; notes: string[] } | undefined {
  const stage = action.replace(/^dispute\./, "");
  if (stage === action || !isStage(stage)) return undefined;
  const held = text("withdrawn") ? `With the bank: ${money(text("withdrawn"), text("currency"))}` : "";
  return {
    title: `${DISPUTE_WORDS[stage].word}, ${money(text("minor"), text("currency"))}`,
    notes: [text("objectRef"), text("reason").replaceAll("_", " "), held].filter(Boolean),
  };
}

const isStage = (text: string): text is keyof typeof DISPUTE_WORDS => Object.hasOwn(DISPUTE_WORDS, text);

/** "payment.part-refunded" as a person would write it: a line of a later version still says something. */
function plain(action: string): string {
  const words = action.replace(/[.-]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function sharesIn(lines: string, currency: string, numbers: Map<string, string>): string[] {
  return pairsIn(lines).map(
    ([invoiceId, minor]) => `${numbers.get(invoiceId) ?? "Another invoice"}: ${money(minor, currency)}`,
  );
}

function paymentsIn(payments: string, numbers: Map<string, string>): string[] {
  return pairsIn(payments).map(
    ([invoiceId, paymentId]) => `${numbers.get(invoiceId) ?? "Another invoice"}: payment ${paymentId}`,
  );
}

function pairsIn(text: string): [string, string][] {
  return text
    .split(" ")
    .filter(Boolean)
    .map((pair) => {
      const at = pair.lastIndexOf("=");
      return [pair.slice(0, at), pair.slice(at + 1)];
    });
}

function money(minor: string, currency: string): string {
  return /^-?\d+$/.test(minor) && currency ? formatMoney({ minor: BigInt(minor), currency }) : minor;
}
