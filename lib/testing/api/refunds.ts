/** Test only: refunds of an order, without a fault and with some, each with what the desk must say of it. */
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import {
  missing,
  NO_DAY,
  NO_DECIMAL,
  NOT_TEXT,
  ODD_TEXT,
  type Told,
  unknownField,
  wrong,
} from "./planted-faults.ts";

export type SentRefund = Record<string, unknown>;
type Pick = (below: number) => number;
type Plant = (refund: SentRefund, pick: Pick) => Told;

/** The order that they are of: two lines of 30.00 with tax, one of 2 and one of 4 things. */
export const REFUNDED_LINES = [
  { kind: "Hire", description: "Tower", quantity: "2", unitPrice: "15.00" },
  { kind: "Hire", description: "Plank", quantity: "4", unitPrice: "7.50" },
];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Each of another number. */
export function validRefunds(tenders: string[]): fc.Arbitrary<SentRefund> {
  const line = (at: number, quantities: string[]) =>
    fc.record({ line: fc.constant(at), quantity: maybe(fc.constantFrom(...quantities)) });
  const some = fc.oneof(
    fc.record({}),
    fc.constantFrom("0.01", "12.3", "60.00").map((amount) => ({ amount })),
    fc
      .subarray([0, 1], { minLength: 1 })
      .chain((which) =>
        fc.tuple(...which.map((at) => line(at, at === 0 ? ["1", "0.5", "2"] : ["4", "1.25"]))),
      )
      .map((lines) => ({ lines })),
  );
  const rest = fc.record({
    date: maybe(fc.constantFrom("2026-04-01", "2026-11-30", "2026-01-15")),
    reason: maybe(fc.constantFrom("Broken", "請求書", "“x” & 'z'")),
    payments: maybe(
      fc.array(fc.record({ tender: fc.constantFrom(...tenders), amount: fc.constant("0.01") }), {
        maxLength: 1,
      }),
    ),
  });
  return fc
    .tuple(some, rest)
    .map(([what, more]) =>
      JSON.parse(JSON.stringify({ refundNumber: `R-${randomUUID()}`, ...what, ...more })),
    );
}

const told = (found: string, code: string, pointer: string): Told => ({ code, found, pointer });

/** At most one is planted at a place. These are told together; what is against the order itself only once there are none. */
const OF_BODY: Record<string, Plant[]> = {
  top: [(refund, pick) => unknownField(refund, "", pick)],
  number: [
    (refund) => missing(refund, "refundNumber", ""),
    (refund, pick) => wrong(refund, "refundNumber", "", [...NOT_TEXT, ...ODD_TEXT], pick),
  ],
  date: [(refund, pick) => wrong(refund, "date", "", NO_DAY, pick)],
  reason: [(refund, pick) => wrong(refund, "reason", "", [...NOT_TEXT, ...ODD_TEXT], pick)],
  what: [
    (refund, pick) =>
      only(refund, "amount", () => wrong(refund, "amount", "", [...NO_DECIMAL, "0", "-1"], pick)),
    (refund, pick) => only(refund, "lines", () => wrong(refund, "lines", "", [null, 7, "0", {}, []], pick)),
    (refund, pick) => inLine(refund, (line, at) => wrong(line, "line", at, [null, "0", -1, 0.5, 501], pick)),
    (refund) => inLine(refund, (line, at) => missing(line, "line", at)),
    (refund, pick) => inLine(refund, (line, at) => wrong(line, "quantity", at, [...NO_DECIMAL, "-1"], pick)),
    (refund, pick) => inLine(refund, (line, at) => unknownField(line, at, pick)),
    (refund) => {
      Object.assign(refund, { amount: "1.00", lines: [{ line: 0 }] });
      return told("body", "refund-not-one", "#/amount");
    },
  ],
  payments: [
    (refund, pick) => wrong(refund, "payments", "", [null, 7, "EFTPOS", {}], pick),
    (refund, pick) =>
      inPayment(refund, (payment, at) => wrong(payment, "amount", at, [...NO_DECIMAL, "0", "-1"], pick)),
    (refund, pick) =>
      inPayment(refund, (payment, at) => missing(payment, ["tender", "amount"][pick(2)] ?? "tender", at)),
    (refund) =>
      inPayment(refund, (payment, at) => {
        payment.tender = `Shells ${randomUUID()}`;
        return told("mapping", "tender-unmapped", `#${at}/tender`);
      }),
  ],
};

const OF_ORDER: Record<string, Plant[]> = {
  what: [
    (refund) =>
      only(refund, "amount", () => {
        refund.amount = "60.01";
        return told("body", "refund-exceeds-order", "#/amount");
      }),
    (refund, pick) =>
      inLine(refund, (line, at) => {
        line.line = 2 + pick(400);
        return told("body", "refund-line-unknown", `#${at}/line`);
      }),
    (refund) =>
      only(refund, "lines", () => {
        refund.lines = [{ line: 1 }, { line: 1 }];
        return told("body", "refund-line-unknown", "#/lines/1/line");
      }),
    (refund) =>
      inLine(refund, (line, at) => {
        line.quantity = "2.0001";
        return told("body", "refund-exceeds-order", `#${at}/quantity`);
      }),
    (refund) =>
      inLine(refund, (line) => {
        line.quantity = "0";
        return told("body", "refund-exceeds-order", "#/lines");
      }),
  ],
};

/** Refunds with one to five faults at different places. */
export function faultyRefunds(tenders: string[]): fc.Arbitrary<{ sent: SentRefund; faults: Told[] }> {
  const plants = fc
    .constantFrom(OF_BODY, OF_ORDER)
    .chain((places) =>
      fc
        .uniqueArray(fc.constantFrom(...Object.keys(places)), { minLength: 1, maxLength: 5 })
        .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(...(places[name] ?? []))))),
    );
  const picks = fc.array(fc.nat(9_999), { minLength: 20, maxLength: 20 });
  return fc.tuple(validRefunds(tenders), plants, picks).map(([refund, planted, numbers]) => {
    const left = [...numbers];
    const faults = planted.map((plant) => plant(refund, (below) => (left.pop() ?? 0) % below));
    return { sent: refund, faults };
  });
}

/** What goes back is told in this way alone. */
function only(refund: SentRefund, way: "amount" | "lines", plant: () => Told): Told {
  delete refund[way === "amount" ? "lines" : "amount"];
  return plant();
}

function inLine(refund: SentRefund, plant: (line: SentRefund, at: string) => Told): Told {
  return only(refund, "lines", () => {
    const line: SentRefund = { line: 0 };
    refund.lines = [line];
    return plant(line, "/lines/0");
  });
}

function inPayment(refund: SentRefund, plant: (payment: SentRefund, at: string) => Told): Told {
  const payment: SentRefund = { tender: "EFTPOS", amount: "0.01" };
  refund.payments = [payment];
  return plant(payment, "/payments/0");
}
