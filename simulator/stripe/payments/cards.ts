/** Stripe's published test numbers, and how each behaves; and one number that stands for a real card. Any other is refused and not kept. */
export type TestCard = {
  number: string;
  brand: "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay";
  country: string;
  funding: "credit" | "debit";
  /** Asks the payer's bank before the charge is tried. */
  authenticate: boolean;
  decline: Decline | null;
  /** "slow": a refund is pending for days; "fails": it succeeds, and fails days later. */
  refund: "slow" | "fails" | null;
  /** The reason of a dispute that follows at once. */
  dispute: string | null;
  /** Its money can be paid out at once ("bypass pending balance"). */
  availableNow: boolean;
  /** For live mode, where test cards are declined. It is none of Stripe's test cards, so that test mode declines it. */
  real: boolean;
};

export type Decline = { code: string; decline_code?: string; message: string };

const declined = (decline_code: string): Decline => ({
  code: "card_declined",
  decline_code,
  message: "Your card was declined.",
});

const DECLINES = {
  generic: declined("generic_decline"),
  lost: declined("lost_card"),
  stolen: declined("stolen_card"),
  fraudulent: declined("fraudulent"),
  velocity: declined("card_velocity_exceeded"),
  funds: { ...declined("insufficient_funds"), message: "Your card has insufficient funds." },
  expired: { code: "expired_card", message: "Your card has expired." },
  cvc: { code: "incorrect_cvc", message: "Your card's security code is incorrect." },
  processing: {
    code: "processing_error",
    message: "An error occurred while processing your card. Try again in a little bit.",
  },
} satisfies Record<string, Decline>;

type More = Partial<Omit<TestCard, "number" | "brand">>;

const card = (number: string, brand: TestCard["brand"], more: More = {}): TestCard => ({
  number,
  brand,
  country: "US",
  funding: "credit",
  authenticate: false,
  decline: null,
  refund: null,
  dispute: null,
  availableNow: false,
  real: false,
  ...more,
});

const CARDS: TestCard[] = [
  card("4242424242424242", "visa"),
  card("4000056655665556", "visa", { funding: "debit" }),
  card("4000000360000006", "visa", { country: "AU" }),
  card("4000008260000000", "visa", { country: "GB" }),
  card("5555555555554444", "mastercard"),
  card("2223003122003222", "mastercard"),
  card("5200828282828210", "mastercard", { funding: "debit" }),
  card("5105105105105100", "mastercard"),
  card("378282246310005", "amex"),
  card("371449635398431", "amex"),
  card("6011111111111117", "discover"),
  card("3056930009020004", "diners"),
  card("3566002020360505", "jcb"),
  card("6200000000000005", "unionpay"),
  card("4000000000003055", "visa"),
  card("4000002500003155", "visa", { authenticate: true }),
  card("4000000000003220", "visa", { authenticate: true }),
  card("4000008400001629", "visa", { authenticate: true, decline: DECLINES.generic }),
  card("4000000000007726", "visa", { refund: "slow" }),
  card("4000000000005126", "visa", { refund: "fails" }),
  card("4000000000000259", "visa", { dispute: "fraudulent" }),
  card("4000000000002685", "visa", { dispute: "product_not_received" }),
  card("4000000000000077", "visa", { availableNow: true }),
  card("4000003720000278", "visa", { country: "IE", availableNow: true }),
  card("4000000000000002", "visa", { decline: DECLINES.generic }),
  card("4000000000009995", "visa", { decline: DECLINES.funds }),
  card("4000000000009987", "visa", { decline: DECLINES.lost }),
  card("4000000000009979", "visa", { decline: DECLINES.stolen }),
  card("4100000000000019", "visa", { decline: DECLINES.fraudulent }),
  card("4000000000006975", "visa", { decline: DECLINES.velocity }),
  card("4000000000000069", "visa", { decline: DECLINES.expired }),
  card("4000000000000127", "visa", { decline: DECLINES.cvc }),
  card("4000000000000119", "visa", { decline: DECLINES.processing }),
  card("4012888888881881", "visa", { country: "AU", real: true }),
];

/** DOC declines/codes: live_mode_test_card and test_mode_live_card; the words are Stripe's, from public logs. */
export function wrongMode({ real }: TestCard, livemode: boolean): Decline | null {
  if (real === livemode) return null;
  return livemode
    ? {
        ...declined("live_mode_test_card"),
        message: "Your card was declined. Your request was in live mode, but used a known test card.",
      }
    : {
        ...declined("test_mode_live_card"),
        message:
          "Your card was declined. Your request was in test mode, but used a non test (live) card. For a list of valid test cards, visit: https://stripe.com/docs/testing.",
      };
}

export function findCard(typed: string): TestCard | undefined {
  const number = typed.replace(/[\s-]/g, "");
  return CARDS.find((candidate) => candidate.number === number);
}

/** A payment method is read back by what is kept of a card; two cards may share it, never with other behaviour. */
export function cardOfFingerprint(fingerprint: string): TestCard | undefined {
  return CARDS.find((candidate) => fingerprintOf(candidate) === fingerprint);
}

/** Names the card among the test cards by its place, which says nothing of the number. */
export const fingerprintOf = (wanted: TestCard) =>
  `SimTestCard${String(CARDS.findIndex(({ number }) => number === wanted.number)).padStart(5, "0")}`;
