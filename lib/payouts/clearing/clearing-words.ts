/** Why something stands on a clearing account, or does not. What is `right` waits for nobody. */
export const CAUSES = [
  "unexplained",
  "removed",
  "elsewhere",
  "changed",
  "not_ours",
  "coded_by_hand",
  "coded_elsewhere",
  "refused",
  "payout_waits",
  "by_hand",
  "unwritten",
  "exchange",
  "adjustment",
  "not_this_desk",
  "former_account",
  "before",
  "on_its_way",
  "in_transit",
  "waiting",
  "refund_waiting",
  "dispute_held",
  "dispute_back",
  "reserve",
  "came_back",
  "at_processor",
  "posted",
] as const;
export type Cause = (typeof CAUSES)[number];

type Words = { title: string; says: string; isRight: boolean };

const right = (title: string, says: string): Words => ({ title, says, isRight: true });
const look = (title: string, says: string): Words => ({ title, says, isRight: false });

export const CAUSE_WORDS: Record<Cause, Words> = {
  unexplained: look(
    "Unexplained",
    "Neither the desk, nor the processor, nor a bank transaction in Xero says why. A manual journal may.",
  ),
  removed: look(
    "Removed in Xero",
    "The desk wrote it, and it is no longer there. Restore it, or enter what took its place.",
  ),
  elsewhere: look(
    "Moved to another account",
    "The desk wrote it to this account, and somebody recoded it. Move it back.",
  ),
  changed: look("Changed in Xero", "It stands there with another amount than the desk wrote."),
  not_ours: look(
    "Not entered by the desk",
    "Somebody else put this on the clearing account. If a bank line was coded to it, recode that line.",
  ),
  coded_by_hand: look(
    "A payout's bank line was coded by hand",
    "It has a payout's amount, and the desk has written that payout too. Remove one, and match the bank line with the other.",
  ),
  coded_elsewhere: look(
    "A payout's bank line was coded to another account",
    "The bank account has it twice, this entry and the desk's transfer, which no bank line is matched with. Remove the entry, and match its line with the transfer. No part of the balance.",
  ),
  refused: look("Refused by Xero", "It is on the to-do list, with Xero's words and what mends it."),
  payout_waits: look(
    "In a payout that a person must see to",
    "The desk does not write it by itself; the to-do list says why.",
  ),
  by_hand: look(
    "Marked as done by hand",
    "No entry of this amount is on the clearing account. Enter it, if it was not meant to be left out.",
  ),
  unwritten: look(
    "In no books",
    "The processor has this money, or took it back, and Xero was told nothing of it. The payment's page says why.",
  ),
  exchange: look(
    "Exchange difference",
    "Xero counted the payment at its own rate, the processor at another. Post the difference to exchange gains.",
  ),
  adjustment: look(
    "The processor's correction",
    "It is in a payout and belongs to no payment. Enter it in Xero as the processor's own report explains it.",
  ),
  not_this_desk: look(
    "Taken by something else than this desk",
    "The same processor account was used elsewhere, and the payout holds that money too. Enter it in Xero.",
  ),
  former_account: look(
    "Paid into a former clearing account",
    "The payment stands there, and its payout left this one. Transfer it from there to here in Xero.",
  ),
  before: right(
    "From before payouts were written here",
    "It was on the account before, and is the bookkeeper's.",
  ),
  on_its_way: right("On its way to Xero", "The desk is writing it."),
  in_transit: right("In a payout on its way to the bank", "It leaves the account when the payout arrives."),
  waiting: right("Paid, and not paid out yet", "It waits at the processor for the next payout."),
  refund_waiting: right(
    "Refunded, and not taken off a payout yet",
    "A refund or a lost dispute that a later payout will be less by.",
  ),
  dispute_held: right(
    "Held by a client's bank",
    "A dispute has taken it out of a payout, and is not decided, or the money is not back yet.",
  ),
  dispute_back: right(
    "Back from a client's bank, and not paid out yet",
    "A dispute was won; a later payout has the money.",
  ),
  reserve: right(
    "Held in reserve by Stripe",
    "Stripe keeps it back for a while; the payout after that is larger by it.",
  ),
  posted: right(
    "Posted by hand",
    "A difference that this page named, and the entry in Xero for it: they come to nothing.",
  ),
  came_back: right("A payout that came back", "The bank did not take it; the next payout has it."),
  at_processor: right(
    "Left at the processor by a payout by hand",
    "What such a payout did not take, or took in advance.",
  ),
};

/** What a part of the balance is about. */
export type About =
  | { kind: "payment"; captureId: string }
  | { kind: "payout"; objectRef: string }
  | { kind: "document"; reference: string }
  | { kind: "entry"; date: string; reference: string | null }
  | { kind: "account" };

/** What a part is about, for a list without links. */
export function aboutInWords(about: About): string {
  switch (about.kind) {
    case "payment":
      return `payment ${about.captureId}`;
    case "payout":
      return `payout ${about.objectRef}`;
    case "document":
      return about.reference;
    case "entry":
      return about.reference ? `${about.date}, ${about.reference}` : about.date;
    case "account":
      return "the account as a whole";
  }
}
