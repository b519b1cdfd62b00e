/** DOC invoices, "Emailing an invoice": to whom, and how many a day. */
import { getSetting, setSetting } from "../../../core/settings.ts";
import { insertMessage } from "../../../mailbox/messages.ts";
import type { Call } from "../../call.ts";
import { dayIn, longDay } from "../../dates.ts";
import { amountDue, type Invoice, type Organisation } from "../../model.ts";
import { fromUnits } from "../../money.ts";
import { contacts } from "../../store/books.ts";

/** "1,000 per day for paying organisations, 20 per day for trial organisations, 0 per day for demo organisations". */
const mostADay = ({ isDemo, class: plan }: Organisation) => (isDemo ? 0 : plan === "TRIAL" ? 20 : 1000);

/**
 * To "the primary email address of the contact on the invoice and any additional contact persons that have
 * IncludeInEmails". Null when it went out, else why not, in our words.
 */
export function mailInvoice(call: Call, invoice: Invoice): string | null {
  const { world, tenantId, organisation } = call;
  const setting = `xero.emails.${tenantId}.${dayIn(organisation.timezone, world.clock.now())}`;
  const sent = getSetting(world, setting, 0);
  if (sent >= mostADay(organisation)) return "The daily email limit of this organisation has been reached";
  const contact = contacts.get(call, invoice.contactId);
  const persons = (contact?.persons ?? []).filter(({ includeInEmails }) => includeInEmails);
  const to = [contact?.email, ...persons.map(({ email }) => email)].filter(
    (email) => email !== undefined && email !== "",
  );
  if (to.length === 0) return "The contact has no email address";
  setSetting(world, setting, sent + 1);
  insertMessage(world, {
    from: "messaging-service@post.xero.example",
    to: to as string[],
    subject: `Invoice ${invoice.number} from ${organisation.name} for ${contact?.name ?? ""}`,
    text: textOf(call, invoice),
    ...{ html: null, headers: [], attachments: [] },
  });
  return null;
}

function textOf({ world, organisation }: Call, invoice: Invoice): string {
  const due = `${fromUnits(amountDue(invoice), 2)} ${invoice.currency}`;
  return [
    `Here's invoice ${invoice.number} for ${due}${invoice.dueDay ? `, due ${longDay(invoice.dueDay)}` : ""}.`,
    `View it online: ${world.baseUrl}/online-invoice/${invoice.onlineToken}`,
    organisation.name,
  ].join("\n\n");
}
