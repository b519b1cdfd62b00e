/** Test only: faults planted into orders that had none, each with what the desk must say of it. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Named, SentLine, SentOrder } from "./valid-orders.ts";

export type Told = { code: string; found: string; pointer: string };

/** What may be planted into an order beside what is at other places; null where the order has nothing to plant it in. */
type Plant = (order: SentOrder, pick: (below: number) => number) => Told | null;

/** At most one is planted at a place: two would be one fault, or none could say which. */
type Place =
  | "top"
  | "source"
  | "number"
  | "revision"
  | "days"
  | "currency"
  | "choice"
  | "reference"
  | "buyer"
  | "line"
  | "lines"
  | "payment";

const told = (found: string) => (code: string, pointer: string) => ({ code, found, pointer });
const body = told("body");
const limits = told("limits");
const mapping = told("mapping");
const chart = told("chart");
const contact = told("contact");
const locked = told("lock-date");

const ODD_NAMES = [
  ["extra", "/extra"],
  ["__proto__", "/__proto__"],
  ["constructor", "/constructor"],
  ["a/b~c", "/a~1b~0c"],
  ["é#%", "/%C3%A9%23%25"],
  ["\ud800", ""],
  ["", "/"],
] as const;

/** A field that the API does not know, whatever it is called. */
export function unknownField(
  object: Record<string, unknown>,
  at: string,
  pick: (below: number) => number,
): Told {
  const [name, pointer] = ODD_NAMES[pick(ODD_NAMES.length)] ?? ODD_NAMES[0];
  Object.defineProperty(object, name, { value: 1, enumerable: true, configurable: true });
  return body("field-unknown", `#${at}${pointer}`);
}

/** A value that the field can't hold. */
export function wrong(
  object: Record<string, unknown>,
  field: string,
  at: string,
  values: unknown[],
  pick: (below: number) => number,
): Told {
  object[field] = values[pick(values.length)];
  return body("field-invalid", `#${at}/${field}`);
}

export function missing(object: Record<string, unknown>, field: string, at: string): Told {
  delete object[field];
  return body("field-missing", `#${at}`);
}

export const NOT_TEXT = [null, 7, true, [], {}];
export const ODD_TEXT = ["", "   ", "\u0000", "a\u0007b", "half \ud83c", "x".repeat(5_000)];
export const NO_DAY = [
  ...NOT_TEXT,
  "2026-02-30",
  "30.11.2026",
  "0000-01-01",
  "9999-12-31",
  "2026-11-30T00:00:00Z",
];
export const NO_DECIMAL = [...NOT_TEXT, "", "1,5", "1e3", "12.34567", "1234567890", "NaN", "٣", "--1"];

const PLACES: Record<Place, Plant[]> = {
  top: [
    (order, pick) => unknownField(order, "", pick),
    (order, pick) => wrong(order, "total", "", NO_DECIMAL, pick),
    (order, pick) => wrong(order, "taxTotal", "", NO_DECIMAL, pick),
  ],
  source: [
    (order) => missing(order, "source", ""),
    (order, pick) => wrong(order, "source", "", [...NOT_TEXT, ...ODD_TEXT, "a/b", "kasse€"], pick),
  ],
  number: [
    (order) => missing(order, "number", ""),
    (order, pick) => wrong(order, "number", "", [...NOT_TEXT, ...ODD_TEXT], pick),
    (order) => {
      order.number = `Nº ${String(order.number)}`;
      return body("number-unusable", "#/number");
    },
  ],
  revision: [
    (order, pick) => wrong(order, "revision", "", [null, "1", 0, -1, 1.5, 1_000_001, 2 ** 60], pick),
  ],
  days: [
    (order, pick) => wrong(order, "date", "", NO_DAY, pick),
    (order, pick) => wrong(order, "dueDate", "", NO_DAY, pick),
    (order) => {
      order.dueDate = dayBefore(String(order.date));
      return body("due-before-date", "#/dueDate");
    },
  ],
  currency: [
    (order) => missing(order, "currency", ""),
    (order, pick) => wrong(order, "currency", "", [...NOT_TEXT, "aud", "AUDX", "", "€"], pick),
    (order, pick) => {
      order.currency = ["EUR", "JPY", "XXX", "KWD"][pick(4)];
      return chart("currency-not-subscribed", "#/currency");
    },
  ],
  choice: [
    (order) => missing(order, "amounts", ""),
    (order, pick) => wrong(order, "amounts", "", [...NOT_TEXT, "gross", "Exclusive"], pick),
    (order, pick) => wrong(order, "process", "", [...NOT_TEXT, "both"], pick),
    (order, pick) => wrong(order, "status", "", [...NOT_TEXT, "PAID", "draft"], pick),
    (order) => {
      Object.assign(order, { status: "DRAFT", payments: [{ tender: "EFTPOS", amount: "0.01" }] });
      return body("payments-need-authorised", "#/payments");
    },
  ],
  reference: [(order, pick) => wrong(order, "reference", "", [...NOT_TEXT, ...ODD_TEXT], pick)],
  buyer: [
    (order) => missing(order, "buyer", ""),
    (order, pick) => wrong(order, "buyer", "", [null, 7, "Pat", []], pick),
    (order, pick) => unknownField(order.buyer, "/buyer", pick),
    (order, pick) => {
      order.buyer = [{}, { cash: true, person: { name: "Pat" } }][pick(2)] ?? {};
      return body("buyer-not-one", "#/buyer");
    },
    (order, pick) => {
      order.buyer = { person: { name: "Pat" } };
      return wrong(
        order.buyer.person as SentLine,
        "name",
        "/buyer/person",
        [...NOT_TEXT, ...ODD_TEXT, "<b>"],
        pick,
      );
    },
    (order, pick) => {
      order.buyer = { person: { name: "Pat" } };
      return wrong(
        order.buyer.person as SentLine,
        "email",
        "/buyer/person",
        [...NOT_TEXT, "pat", "pat@", "a b@c.example"],
        pick,
      );
    },
    (order, pick) => {
      order.buyer = {};
      return wrong(order.buyer, "cash", "/buyer", [false, null, "true", 1], pick);
    },
    (order) => {
      order.buyer = { contactId: "C-1" };
      return body("field-invalid", "#/buyer/contactId");
    },
    (order) => {
      order.buyer = { contactId: randomUUID() };
      return contact("contact-unknown", "#/buyer/contactId");
    },
    (order) => {
      order.buyer = { externalId: "nobody's" };
      return contact("contact-unknown", "#/buyer/externalId");
    },
  ],
  line: [
    (order, pick) =>
      inLine(order, pick, (line, at) =>
        missing(line, ["kind", "description", "unitPrice"][pick(3)] ?? "kind", at),
      ),
    (order, pick) => inLine(order, pick, (line, at) => unknownField(line, at, pick)),
    (order, pick) =>
      inLine(order, pick, (line, at) => wrong(line, "kind", at, [...NOT_TEXT, ...ODD_TEXT], pick)),
    (order, pick) =>
      inLine(order, pick, (line, at) => wrong(line, "description", at, [...NOT_TEXT, ...ODD_TEXT], pick)),
    (order, pick) =>
      inLine(order, pick, (line, at) =>
        wrong(
          line,
          ["quantity", "unitPrice", "discountPercent", "unitCost"][pick(4)] ?? "quantity",
          at,
          NO_DECIMAL,
          pick,
        ),
      ),
    (order, pick) =>
      inLine(order, pick, (line, at) => wrong(line, "discountPercent", at, ["-1", "100.01", "101"], pick)),
    (order, pick) =>
      inLine(order, pick, (line, at) =>
        wrong(line, "itemCode", at, [...NOT_TEXT, ...ODD_TEXT, "x".repeat(31)], pick),
      ),
    (order, pick) =>
      inLine(order, pick, (line, at) => wrong(line, "tracking", at, [null, 7, "Region", {}], pick)),
    (order, pick) => {
      const at = pick(order.lines.length);
      Object.assign(order.lines, { [at]: [null, 7, "line", []][pick(4)] });
      return body("field-invalid", `#/lines/${at}`);
    },
    (order, pick) =>
      inLine(order, pick, (line, at) => {
        line.kind = `Unheard of ${randomUUID()}`;
        return mapping("kind-unmapped", `#${at}/kind`);
      }),
    (order, pick) =>
      inLine(order, pick, (line, at) => {
        line.itemCode = "NO-ITEM";
        return chart("item-unknown", `#${at}/itemCode`);
      }),
    (order, pick) =>
      inLine(order, pick, (line, at) => {
        line.tracking = [{ category: "Region", option: ["Nowhere", "Old Town", "north"][pick(3)] }];
        return chart("tracking-unknown", `#${at}/tracking/0`);
      }),
    (order, pick) =>
      inLine(order, pick, (line, at) => {
        const cost = line.unitCost === undefined ? {} : { unitCost: "0.01" };
        Object.assign(
          line,
          { quantity: "999999999", unitPrice: "999999999.9999", discountPercent: "0" },
          cost,
        );
        return limits("line-too-large", `#${at}/unitPrice`);
      }),
  ],
  lines: [
    (order) => {
      const more = { kind: "Hire", description: "More", unitPrice: "1" };
      order.lines.push(...Array.from({ length: 501 - order.lines.length }, () => more));
      return limits("too-many-lines", "#/lines");
    },
  ],
  payment: [
    (order, pick) => inPayment(order, (payment, at) => unknownField(payment, at, pick)),
    (order, pick) =>
      inPayment(order, (payment, at) => missing(payment, ["tender", "amount"][pick(2)] ?? "tender", at)),
    (order, pick) =>
      inPayment(order, (payment, at) =>
        wrong(payment, "amount", at, [...NO_DECIMAL, "0", "0.00", "-1", "0.001"], pick),
      ),
    (order, pick) => inPayment(order, (payment, at) => wrong(payment, "date", at, NO_DAY, pick)),
    (order) =>
      inPayment(order, (payment, at) => {
        payment.tender = `Shells ${randomUUID()}`;
        return mapping("tender-unmapped", `#${at}/tender`);
      }),
  ],
};

/** What depends on the books of the test's firm. */
function placesIn(named: Named): Record<Place, Plant[]> {
  return {
    ...PLACES,
    days: [
      ...PLACES.days,
      (order) => {
        order.date = named.lockedUntil;
        return locked("date-locked", "#/date");
      },
    ],
    buyer: [
      ...PLACES.buyer,
      (order) => {
        order.buyer = { contactId: named.archivedContactId };
        return contact("contact-archived", "#/buyer/contactId");
      },
      (order) => {
        order.buyer = { person: named.unclear };
        return contact("contact-unclear", "#/buyer/person");
      },
    ],
    line: [
      ...PLACES.line,
      (order, pick) =>
        inLine(order, pick, (line, at) => {
          line.kind = named.archivedKind;
          return chart("account-archived", `#${at}/kind`);
        }),
    ],
    payment: [
      ...PLACES.payment,
      (order) =>
        inPayment(order, (payment, at) => {
          payment.tender = named.archivedTender;
          return chart("account-archived", `#${at}/tender`);
        }),
    ],
  };
}

/** Orders with one to five faults at different places, and what the desk must say of each. */
export function faultyOrders(
  named: Named,
  valid: fc.Arbitrary<SentOrder>,
): fc.Arbitrary<{ sent: SentOrder; faults: Told[] }> {
  const places = placesIn(named);
  const names = Object.keys(places) as Place[];
  return fc
    .record({
      order: valid,
      chosen: fc.uniqueArray(
        fc.record({
          place: fc.constantFrom(...names),
          picks: fc.array(fc.nat(9_999), { minLength: 6, maxLength: 6 }),
        }),
        {
          minLength: 1,
          maxLength: 5,
          selector: ({ place }) => place,
        },
      ),
    })
    .map(({ order, chosen }) => {
      const sent = structuredClone(order);
      // A draft takes no payment, and what fills an order up comes after what is wrong with its lines.
      const inOrder = chosen.toSorted((a, b) => names.indexOf(a.place) - names.indexOf(b.place));
      const faults = inOrder.flatMap(({ place, picks }) => {
        const left = [...picks];
        const pick = (below: number) => (left.pop() ?? 0) % below;
        const plants = places[place];
        return plants[pick(plants.length)]?.(sent, pick) ?? [];
      });
      return { sent, faults };
    })
    .filter(({ faults }) => faults.length > 0);
}

function inLine(
  order: SentOrder,
  pick: (below: number) => number,
  plant: (line: SentLine, at: string) => Told,
): Told {
  const at = pick(order.lines.length);
  return plant(order.lines[at] ?? {}, `/lines/${at}`);
}

function inPayment(order: SentOrder, plant: (payment: SentLine, at: string) => Told): Told | null {
  if (order.status === "DRAFT") return null;
  const payment: SentLine = { tender: "EFTPOS", amount: "0.01" };
  order.payments = [payment];
  return plant(payment, "/payments/0");
}

function dayBefore(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? "1999-01-01" : new Date(at - 86_400_000).toISOString().slice(0, 10);
}
