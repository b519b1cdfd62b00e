/** How an answer is judged. */
import { expect } from "@playwright/test";
import type { Facts } from "./facts.ts";
import { OUTSIDERS, type Person } from "./people.ts";
import { type Ability, MAY } from "./table.ts";
import type { Answer } from "./visitor.ts";

export const STRANGERS = ["otherFirm", "otherCompany"] as const;

export function may(person: Person, ability: Ability): boolean {
  return (MAY[ability] as readonly Person[]).includes(person);
}

export function isOutside(person: Person): boolean {
  return (OUTSIDERS as readonly Person[]).includes(person);
}

type Pair = { cell: string; theirs: Facts; madeUp: Facts };

/** As the same request for what nobody has: a page that isn't there, or the way to sign in. */
export function expectAbsent(answer: Answer, asNobodys: Answer, { cell, theirs, madeUp }: Pair): void {
  expect([303, 307, 404], `${cell} answered ${answer.text.slice(0, 200)}`).toContain(answer.status);
  expect(masked(answer, theirs, madeUp), cell).toEqual(masked(asNobodys, theirs, madeUp));
}

/** What was seen, with the asked ids taken out: they stand in addresses. */
export function masked({ status, location, text }: Answer, theirs: Facts, madeUp: Facts) {
  const ids = [theirs, madeUp].flatMap((facts) =>
    Object.values(facts).filter((fact) => typeof fact === "string"),
  );
  const out = (seen: string) =>
    ids
      .filter((id) => id.length > 4)
      .flatMap((id) => [id, encodeURIComponent(id)])
      .reduce((rest, id) => rest.replaceAll(id, "…"), seen);
  return { status, location: out(location), text: out(text) };
}

export function expectNoneOf(body: string, secrets: string[], cell: string, sent: string[] = []): void {
  const told = secrets.filter((secret) => !sent.includes(secret) && body.includes(secret));
  expect(told, `${cell} tells, in ${around(body, told[0])}`).toEqual([]);
}

function around(body: string, word = ""): string {
  const at = body.indexOf(word);
  return body.slice(Math.max(0, at - 200), at + 200);
}
