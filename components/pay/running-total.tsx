"use client";

import { useEffect, useState } from "react";
import { moneyFormat } from "#lib/core/money-format.ts";

type RunningTotalProps = {
  /** The form whose `invoice` boxes are added up; each carries data-minor, in hundredths, and data-currency. */
  form: string;
  currency: string;
  /** Decimals that the currency is shown with: what can be ticked here can be charged, and needs no more. */
  digits: number;
  /** "A$3,410.00": what all boxes come to, said until a script can follow the ticks. */
  all: string;
};

type Choice = { label: string; amount: string };

/** "Paying 2 invoices A$3,210.00", following the ticks. Only the server decides what is charged. */
export function RunningTotal({ form, currency, digits, all }: RunningTotalProps) {
  const [choice, setChoice] = useState<Choice>({ label: "Total of all shown", amount: all });

  useEffect(() => {
    const element = document.getElementById(form);
    if (!element) return;
    const follow = () => setChoice(choiceOf(element, currency, digits));
    follow();
    element.addEventListener("change", follow);
    window.addEventListener("pageshow", follow);
    return () => {
      element.removeEventListener("change", follow);
      window.removeEventListener("pageshow", follow);
    };
  }, [form, currency, digits]);

  return (
    <p aria-live="polite" className="sum flex items-baseline justify-between gap-4 py-2 font-semibold">
      <span>{choice.label}</span>
      <span className="whitespace-nowrap text-xl">{choice.amount}</span>
    </p>
  );
}

function choiceOf(form: HTMLElement, currency: string, digits: number): Choice {
  const ticked = [...form.querySelectorAll<HTMLInputElement>("input[name=invoice]:checked")];
  if (ticked.some((box) => box.dataset.currency !== currency))
    return { label: "One currency at a time, please", amount: "" };
  const minor = ticked.reduce((sum, box) => sum + BigInt(box.dataset.minor ?? "0"), 0n);
  const hundredths = minor.toString().padStart(3, "0");
  const decimal = `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}` as Intl.StringNumericLiteral;
  const amount = moneyFormat(currency, digits).format(decimal);
  if (ticked.length === 0) return { label: "Nothing ticked", amount };
  return { label: `Paying ${ticked.length} invoice${ticked.length === 1 ? "" : "s"}`, amount };
}
