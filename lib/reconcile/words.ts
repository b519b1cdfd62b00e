import type { BreakKind } from "./store.ts";

/** What a break means to a person: what it is, whether money moved, and what to do. */
export const BREAK_WORDS: Record<BreakKind, { title: string; money: string; fix: string }> = {
  stripe_missing: {
    title: "Stripe does not know a payment that we have",
    money: "Xero was told that it arrived; perhaps no money did.",
    fix: "Look for it in Stripe by its id, in test mode and in other accounts of the firm too. If it never arrived, remove it in Xero: its invoices are owed.",
  },
  stripe_differs: {
    title: "Stripe has another amount than we have",
    money: "What Stripe says is what was taken; Xero was told what stands here.",
    fix: "Compare the payment's page with Stripe. Correct in Xero what differs.",
  },
  stripe_stray: {
    title: "Stripe took a payment that we can't place",
    money: "The money is in the Stripe account, and on no invoice.",
    fix: "Find the payment in Stripe by its id: enter it in Xero on the invoice it was for, or refund it in Stripe.",
  },
  xero_removed: {
    title: "Xero no longer has what we wrote",
    money: "The money has not moved. In Xero it is missing, so an invoice may be owed again there.",
    fix: "If it was removed by mistake, enter it in Xero again. If it was meant, see that the client is not asked twice.",
  },
  xero_differs: {
    title: "Xero has a payment otherwise than we wrote it",
    money: "The money has not moved. What stands here is what was taken.",
    fix: "Compare the two, and correct the one in Xero.",
  },
  xero_stray: {
    title: "Xero has a payment under our reference that we don't know",
    money: "We know of no money that moved for it.",
    fix: "Look for it in Stripe. If nobody paid it, remove it in Xero.",
  },
  xero_twice: {
    title: "Xero has a payment twice",
    money: "The client paid once.",
    fix: "Written twice from here, the later one is taken off by itself, unless it is reconciled: then unreconcile it in Xero. If somebody entered one by hand, remove one of the two, or take our reference off theirs.",
  },
};

/** The same for a kind out of the timeline, where one of a later version may stand. */
export function titleOfBreak(kind: string): string {
  return Object.entries(BREAK_WORDS).find(([name]) => name === kind)?.[1].title ?? "Our records disagree";
}
