import { formatMoney } from "#lib/core/money/money.ts";
import type { DisputeStage } from "#lib/processor/types.ts";
import { DISPUTES } from "./dispute-rules.ts";

/** How a stage is called on pages. */
export const DISPUTE_WORDS: Record<DisputeStage, { tone: "warn" | "ok" | "danger"; word: string }> = {
  inquiry: { tone: "warn", word: "Inquiry: answer needed" },
  inquiry_answered: { tone: "warn", word: "Inquiry: answered" },
  inquiry_closed: { tone: "ok", word: "Inquiry closed" },
  open: { tone: "warn", word: "Disputed: answer needed" },
  answered: { tone: "warn", word: "Disputed: the bank decides" },
  appeal: { tone: "warn", word: "Appealed: answer needed" },
  appeal_answered: { tone: "warn", word: "Appealed: the bank decides" },
  won_unpaid: { tone: "ok", word: "Won: the money is still to come back" },
  won: { tone: "ok", word: "Won" },
  lost: { tone: "danger", word: "Lost" },
  prevented: { tone: "danger", word: "Settled with the client" },
};

export type DisputeFacts = {
  state: DisputeStage;
  currency: string;
  amountMinor: bigint;
  withdrawnMinor: bigint;
  /** Of the whole payment. */
  ofMinor: bigint;
  dueBy: Date | null;
};

type When = (at: Date) => string;

/** What it means now, for staff: what they are to do, or what has become of the money. */
export function disputeNow(dispute: DisputeFacts, when: When): string {
  const { state, withdrawnMinor } = dispute;
  const moved =
    withdrawnMinor > 0n ? `Stripe holds ${money(dispute, withdrawnMinor)}.` : "No money has moved.";
  if (DISPUTES[state].asksStaff) return `${moved} ${toAnswer(dispute, when)}`;
  if (!DISPUTES[state].isDecided) return moved;
  return inBooks(dispute);
}

function toAnswer({ state, dueBy }: DisputeFacts, when: When): string {
  if (!dueBy) return "Stripe takes no evidence for it.";
  const answer = `Answer in Stripe by ${when(dueBy)}.`;
  return state === "inquiry" ? `${answer} Refunding the payment settles it too.` : answer;
}

/** What became of the money of one that is decided. */
function inBooks(dispute: DisputeFacts): string {
  const { amountMinor, withdrawnMinor: gone, ofMinor } = dispute;
  if (gone === 0n) return "No money is gone, and the payment stands in Xero.";
  const back = amountMinor > gone ? ` ${money(dispute, amountMinor - gone)} stayed or came back.` : "";
  const xero =
    gone >= ofMinor
      ? "In Xero the payment is removed, and its invoices are owed again."
      : "In Xero the payment is reduced by that, and so much of its invoices is owed again.";
  return `${money(dispute, gone)} is gone.${back} ${xero}`;
}

const money = ({ currency }: { currency: string }, minor: bigint) => formatMoney({ minor, currency });

type Stood = { state: DisputeStage; withdrawnMinor: bigint };
export type DisputeLetter = { happened: string; money: string };

/**
 * What staff are written when a dispute stands otherwise than it did; `was` is null for one that was not known. Null when
 * they did it themselves, or the e-mail before has said it.
 */
export function disputeLetter(was: Stood | null, is: DisputeFacts, when: When): DisputeLetter | null {
  const sum = money(is, is.amountMinor);
  const { isDecided } = DISPUTES[is.state];
  if (was && DISPUTES[was.state].isDecided && isDecided && was.state === is.state) return moreMoved(was, is);
  const answer = is.dueBy && DISPUTES[is.state].asksStaff ? ` ${toAnswer(is, when)}` : "";
  switch (is.state) {
    case "inquiry":
    case "inquiry_answered":
      return was
        ? null
        : {
            happened: `A client's bank asks about a payment of ${sum}.`,
            money: `It is not a dispute, and no money has moved.${answer}`,
          };
    case "inquiry_closed":
      return { happened: `The bank's inquiry about a payment of ${sum} is closed.`, money: inBooks(is) };
    case "open":
    case "answered":
      if (was && !was.state.startsWith("inquiry")) return null;
      return {
        happened: was
          ? `The bank's inquiry about a payment of ${sum} has become a dispute.`
          : `A client's bank disputes a payment of ${sum}.`,
        money: `${held(is)}${answer} The payment's page has its evidence as a file.`,
      };
    case "appeal":
    case "appeal_answered":
      if (was?.state.startsWith("appeal")) return null;
      return {
        happened: `What was decided about the dispute over ${sum} is appealed.`,
        money: `${held(is)}${answer}`,
      };
    case "won_unpaid":
      return {
        happened: `The dispute over ${sum} is won.`,
        money: "Stripe has not given the money back yet; it comes by itself.",
      };
    case "won":
      return { happened: `The dispute over ${sum} ${won(was, is)}.`, money: inBooks(is) };
    case "lost":
      return {
        happened: `The dispute over ${sum} is lost${was?.state.startsWith("won") ? " after it had been won" : ""}.`,
        money: inBooks(is),
      };
    case "prevented":
      return {
        happened: `A dispute over a payment of ${sum} was settled with the client before it began.`,
        money: inBooks(is),
      };
  }
}

/** Before a bank has decided. */
function held({ withdrawnMinor, ...is }: DisputeFacts): string {
  return withdrawnMinor > 0n
    ? `Stripe has taken ${money(is, withdrawnMinor)} back until the bank decides.`
    : "Stripe has not taken the money so far.";
}

function won(was: Stood | null, { withdrawnMinor, amountMinor }: DisputeFacts): string {
  if (was?.state === "lost") return "is won after it had been lost: the payment is entered in Xero again";
  if (was?.state === "won_unpaid") return "is won, and Stripe has given the money back";
  return withdrawnMinor > 0n && withdrawnMinor < amountMinor ? "is won in part" : "is won";
}

/** The same stage as before, and other money. */
function moreMoved(was: Stood, is: DisputeFacts): DisputeLetter | null {
  const moved = is.withdrawnMinor - was.withdrawnMinor;
  if (moved === 0n) return null;
  const sum = money(is, is.amountMinor);
  return {
    happened:
      moved < 0n
        ? `Stripe has given back ${money(is, -moved)} of the dispute over ${sum}.`
        : `Stripe has taken ${money(is, moved)} more for the dispute over ${sum}.`,
    money: inBooks(is),
  };
}
