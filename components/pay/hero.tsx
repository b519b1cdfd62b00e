import type { ReactNode } from "react";
import { formatMoney, type Money } from "#lib/core/money/money.ts";

type HeroProps = {
  title: string;
  money: Money;
  /** Beside the money: "outstanding", "paid". */
  word?: string;
  children?: ReactNode;
};

/** What this is about and how much it is: the biggest type on the page. */
export function Hero({ title, money, word, children }: HeroProps) {
  return (
    <div>
      <h1 className="font-semibold text-lg">{title}</h1>
      <p className="mt-1 flex flex-wrap items-baseline gap-x-3">
        <span className="whitespace-nowrap font-semibold text-[clamp(2rem,11vw,2.75rem)] leading-tight tracking-tight">
          {formatMoney(money)}
        </span>
        {word && <span className="text-lg text-muted">{word}</span>}
      </p>
      {children && <div className="mt-1 grid gap-1 text-muted">{children}</div>}
    </div>
  );
}
