/** Test only: orders that have no fault, as any system might send them. */
import fc from "fast-check";

/** What the books of a test's firm have that orders may name. */
export type Named = {
  contactIds: string[];
  /** A person who is a contact in Xero, and one who might be two. */
  known: { name: string; email: string };
  unclear: { name: string; email: string };
  archivedContactId: string;
  kinds: string[];
  archivedKind: string;
  tenders: string[];
  archivedTender: string;
  itemCodes: string[];
  tracking: { category: string; option: string }[];
  currencies: string[];
  /** The last day that is locked; the day after is the first that an order may have. */
  lockedUntil: string;
};

export type SentLine = Record<string, unknown>;
export type SentOrder = Record<string, unknown> & {
  buyer: Record<string, unknown>;
  lines: SentLine[];
  payments?: Record<string, unknown>[];
};

/** Of printable characters of any script; never blank at its ends. */
const words = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .,'&-]{0,30}[A-Za-z0-9]$/),
  fc.constantFrom(
    "Größe 3 × 4",
    "請求書",
    "فاتورة 7",
    "🏗️ tower 👷‍♀️",
    "e\u0301tude",
    "\u202eevil",
    "a\u00a0b",
    "“x” <y> & 'z'",
    "0",
  ),
);
const decimal = (most: number, places: number) =>
  fc
    .tuple(fc.nat(most), fc.nat(10 ** places - 1), fc.integer({ min: 0, max: places }))
    .map(([whole, part, shown]) =>
      shown === 0 ? String(whole) : `${whole}.${String(part).padStart(places, "0").slice(0, shown)}`,
    );
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

let orders = 0;

/** Orders of names that no other has, none of which has a fault in these books. */
export function validOrders(named: Named): fc.Arbitrary<SentOrder> {
  const oneOf = <T>(values: T[]) => fc.constantFrom(...values);
  const tracking = fc.uniqueArray(oneOf(named.tracking), {
    maxLength: 2,
    selector: ({ category }) => category,
  });
  const line = fc.record({
    kind: oneOf(named.kinds),
    description: words,
    quantity: maybe(decimal(99, 4)),
    unitPrice: decimal(9_999, 4),
    discountPercent: maybe(oneOf(["0", "10", "33.33", "100"])),
    itemCode: maybe(oneOf(named.itemCodes)),
    tracking: maybe(tracking),
    unitCost: maybe(decimal(999, 4)),
  });
  // Worth a unit at least, and bought for something: so payments below that fit, and a tracked order has a purchase.
  const first = fc.tuple(line, fc.integer({ min: 1, max: 500 })).map(([one, price]) => ({
    ...one,
    quantity: "1",
    unitPrice: `${price}.00`,
    discountPercent: undefined,
    unitCost: "0.50",
  }));
  const person = fc.oneof(
    fc.constant(named.known),
    fc.record({
      name: fc.nat(30).map((nth) => `Person Nº ${nth}`),
      email: fc.constant(undefined),
    }),
    fc.nat(30).map((nth) => ({ name: `Pat ${nth}`, email: `pat.${nth}+till@example.com` })),
  );
  const party = fc.oneof(
    oneOf(named.contactIds).map((contactId) => ({ contactId })),
    fc.constant({ cash: true }),
    person.map((one) => ({ person: one })),
  );
  const payments = fc.array(
    fc.record({
      tender: oneOf(named.tenders),
      amount: oneOf(["0.01", "0.3", "0.25"]),
      date: fc.constant(undefined),
    }),
    { maxLength: 3 },
  );
  const firstDay = Date.parse(named.lockedUntil) / 86_400_000 + 1;
  const days = fc.tuple(fc.nat(400), maybe(fc.nat(60))).map(([after, due]) => ({
    date: dayOf(firstDay + after),
    dueDate: due === undefined ? undefined : dayOf(firstDay + after + due),
  }));
  return fc
    .record({
      days,
      body: fc.record({
        source: oneOf(["till", "web shop", "POS_2.1"]),
        revision: maybe(fc.integer({ min: 1, max: 1_000_000 })),
        currency: oneOf(named.currencies),
        amounts: oneOf(["exclusive", "inclusive", "none"]),
        buyer: party,
        supplier: maybe(party),
        reference: maybe(words),
        process: maybe(oneOf(["untracked", "tracked"])),
        status: maybe(oneOf(["AUTHORISED", "DRAFT"])),
      }),
      lines: fc.tuple(first, fc.array(line, { maxLength: 4 })).map(([one, more]) => [one, ...more]),
      payments: maybe(payments),
    })
    .map(({ days: { date, dueDate }, body, lines, payments: paid }) => {
      orders += 1;
      const number = `C-${orders}`;
      const draft = body.status === "DRAFT" ? undefined : paid;
      return withoutUndefined({ ...body, number, date, dueDate, lines, payments: draft }) as SentOrder;
    });
}

function dayOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** As JSON has it. */
function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
