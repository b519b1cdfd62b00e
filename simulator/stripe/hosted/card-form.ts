import { findCard, type TestCard } from "../payments/cards.ts";
import type { CardEntry } from "../payments/payment-method.ts";
import { typedOf } from "./pay-fields.ts";

export type CardForm = { entry: CardEntry } | { problem: string };

/** The checks a payment page makes itself, before any bank is asked. */
export function readCardForm(form: URLSearchParams, now: Date, home: string): CardForm {
  const { email, name, expiry } = typedOf(form);
  const number = form.get("number") ?? "";
  const card = findCard(number);
  if (!card) return { problem: refuseNumber(number) };
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) return { problem: "Your email is incomplete." };
  const [, month = "", year = ""] = /^\s*(\d{1,2})\s*\/?\s*(\d{2}|\d{4})\s*$/.exec(expiry) ?? [];
  const expMonth = Number(month);
  const expYear = Number(year.length === 2 ? `20${year}` : year);
  if (expMonth < 1 || expMonth > 12) return { problem: "Your card's expiration date is incomplete." };
  if (expYear * 12 + expMonth < now.getUTCFullYear() * 12 + now.getUTCMonth() + 1) {
    return { problem: "Your card's expiration date is in the past." };
  }
  if (!codeFits(card, form.get("cvc") ?? "")) return { problem: "Your card's security code is incomplete." };
  if (name.trim() === "") return { problem: "Enter the name on the card." };
  const country = (form.get("country") ?? "").trim().toUpperCase() || home;
  if (!/^[A-Z]{2}$/.test(country)) return { problem: "Your country is incomplete." };
  const postalCode = (form.get("postal_code") ?? "").trim() || null;
  return { entry: { card, expMonth, expYear, name: name.trim(), email, country, postalCode } };
}

const codeFits = (card: TestCard, code: string) =>
  (card.brand === "amex" ? /^\d{3,4}$/ : /^\d{3}$/).test(code);

function refuseNumber(typed: string): string {
  const digits = typed.replace(/\D/g, "");
  if (digits.length < 13) return "Your card number is incomplete.";
  if (!passesLuhn(digits)) return "Your card number is invalid.";
  return "Your card was declined. Only Stripe's published test cards work here; this number was not kept.";
}

function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
