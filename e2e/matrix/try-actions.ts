import { expect } from "@playwright/test";
import type { BuiltAction } from "./doors.ts";
import { type Facts, fill } from "./facts.ts";
import { expectAbsent, expectNoneOf, isOutside, masked, may, STRANGERS } from "./judge.ts";
import { PEOPLE, type Person } from "./people.ts";
import { type Ability, type ActionLine, MAY } from "./table.ts";
import { actionForm, closest, formsFor, type Hidden } from "./visitor.ts";
import type { World } from "./world.ts";

type Tried = { action: BuiltAction; line: ActionLine; unchanged: (what: string) => Promise<void> };
type Sent = { key: string; action: BuiltAction; line: ActionLine; hidden: Hidden | undefined };

/** The form as a page shows it to a person who may use it. */
export async function formOf({ who, theirs }: World, { action, line }: Pick<Sent, "action" | "line">) {
  const person =
    line.needs in MAY
      ? MAY[line.needs as Ability][0]
      : action.pages.includes("/sign-in")
        ? "anonymous"
        : "company";
  for (const page of action.pages) {
    const forms = formsFor(action, (await who[person].get(fill(page, theirs))).body);
    if (forms.length > 0) return closest(forms, line.fields(theirs));
  }
}

/** Sends it as a browser without JavaScript does, as this person, with the firm's place and the fields given. */
export function sendAction({ who }: World, { key, action, line, hidden }: Sent) {
  return (person: Person, at: Facts, more: { fields?: Record<string, string>; origin?: string } = {}) => {
    const { company, firm } = at;
    const fields = more.fields ?? line.fields(at);
    const takesPlace = line.needs in MAY && !("companySlug" in fields);
    const form = actionForm(action, { hidden, fields, ...(takesPlace ? { place: { company, firm } } : {}) });
    const headers = more.origin === undefined ? {} : { origin: more.origin };
    return who[person].post(pageFor(key, action, at), form, headers as Record<string, string>);
  };
}

/** From other origins, by who may not, and by STRANGERS at home with harbour's ids: nothing may change. */
export async function tryAction(
  world: World,
  key: string,
  { action, line, unchanged }: Tried,
): Promise<void> {
  const { theirs, madeUp } = world;
  const hidden = await formOf(world, { action, line });
  const send = sendAction(world, { key, action, line, hidden });
  for (const origin of ["https://evil.example", "null", ""]) {
    await send("company", theirs, { origin });
    await unchanged(`${key} from origin "${origin}"`);
  }
  const mayNot =
    line.needs === "own-origin"
      ? []
      : PEOPLE.filter((one) => line.needs === "nobody" || !may(one, line.needs));
  for (const person of mayNot) {
    const cell = `${person} at ${key}`;
    const answer = await send(person, theirs);
    await unchanged(cell);
    if (line.needs === "nobody") continue;
    if (isOutside(person)) {
      expectAbsent(answer, await send(person, madeUp), { cell, theirs, madeUp });
      expectNoneOf(answer.body, [...world.inside, world.name], cell, Object.values(line.fields(theirs)));
    } else expect([200, 404], cell).toContain(answer.status);
  }
  if (!("ids" in line) || !line.ids) return;
  for (const person of STRANGERS) {
    const at = { ...madeUp, ...world.home[person] };
    const cell = `${person} at home, with harbour's ids, at ${key}`;
    if (!may("owner", line.needs) && person === "otherFirm") continue;
    const answer = await send(person, at, { fields: line.fields(theirs) });
    await unchanged(cell);
    const asNobodys = await send(person, at, { fields: line.fields(madeUp) });
    expect(masked(answer, theirs, madeUp), cell).toEqual(masked(asNobodys, theirs, madeUp));
    expectNoneOf(answer.body, [...world.inside, world.name], cell, Object.values(line.fields(theirs)));
  }
}

/** The page of the action's own folder where it takes its posts, else the first that does. */
function pageFor(key: string, { pages }: BuiltAction, facts: Facts): string {
  const own = key.replace(/^app|\/[^/]+\.ts .*$/g, "").replace(/\/\([^)]*\)/g, "");
  const page = pages.find((one) => one === own) ?? pages[0];
  if (!page) throw new Error(`No page of the build takes ${key}`);
  return fill(page, facts);
}
