import { createHmac } from "node:crypto";
import { expect } from "@playwright/test";
import { type Facts, fill } from "./facts.ts";
import { expectAbsent, expectNoneOf, isOutside, masked, may, STRANGERS } from "./judge.ts";
import { PEOPLE } from "./people.ts";
import { type Ability, MAY, type RouteLine, TABLE } from "./table.ts";
import { getData, type Visitor } from "./visitor.ts";
import type { World } from "./world.ts";

/** A page as each person sees it, and as a stranger at home sees it with harbour's inner ids. */
export async function tryPage(world: World, path: string, line: RouteLine): Promise<void> {
  const { theirs, madeUp, who } = world;
  const nobodys = fill(path, madeUp);
  for (const person of PEOPLE) {
    const cell = `${person} at ${path}`;
    const answer = await who[person].get(fill(path, theirs));
    if (typeof line === "string" && line in MAY) {
      if (may(person, line as Ability)) expect(answer.status, cell).toBe(200);
      else expectAbsent(answer, await who[person].get(nobodys), { cell, theirs, madeUp });
    } else if (line === "signed-in" && person === "anonymous") {
      expect(answer.location, cell).toMatch(/^\/sign-in/);
    } else expect(answer.status, cell).toBeLessThan(500);
    if (!isOutside(person)) continue;
    const asData = await getData(who[person], fill(path, theirs));
    expect(asData.location, `${cell} as data`).not.toContain("_rsc");
    const secret = line === "public" ? world.inside : [...world.inside, world.name];
    for (const { body, location } of [answer, asData]) expectNoneOf(body + location, secret, cell);
  }
  if (!path.includes("[firm]")) return;
  for (const person of STRANGERS) {
    const home = world.home[person];
    const cell = `${person} at home, with harbour's ids, at ${path}`;
    const answer = await who[person].get(fill(path, { ...theirs, ...home }));
    const asNobodys = await who[person].get(fill(path, { ...madeUp, ...home, link: theirs.link }));
    expect(masked(answer, theirs, madeUp), cell).toEqual(masked(asNobodys, theirs, madeUp));
    expectNoneOf(answer.body + answer.location, [...world.inside, world.name], cell);
  }
}

/** A call of the API: no session opens it, whatever the method. */
export async function tryCall({ theirs, who }: World, path: string): Promise<void> {
  for (const person of PEOPLE) {
    const at = fill(path, theirs);
    for (const answer of [await who[person].get(at), await who[person].post(at, "{}")]) {
      expect(answer.status, `${person} at ${path}`).toBe(401);
      expect(answer.headers.get("content-type"), path).toBe("application/problem+json");
    }
  }
}

/** A handler that takes posts: from other origins, by who may not, with another firm's ids. */
export async function tryPost(world: World, path: string, line: RouteLine): Promise<void> {
  const { theirs, madeUp, who } = world;
  if (line === "webhook") return tryWebhook(world, path);
  if (typeof line !== "object") throw new Error(`${path} takes a POST: its line in ${TABLE} must say which`);
  const send = (person: Visitor, facts: Facts, headers: Record<string, string> = {}) =>
    person.post(fill(path, facts).replace(/\?.*/, ""), new URLSearchParams(line.fields(facts)), headers);
  for (const origin of ["https://evil.example", "null", ""]) {
    const cell = `owner from origin "${origin}" at ${path}`;
    const answer = await send(who.owner, theirs, { origin });
    expect(answer.status, cell).toBe(303);
    expect(answer.location, cell).toMatch(/\/(stopped\?why=forbidden|firms)$/);
  }
  if (line.post !== "public") {
    for (const person of PEOPLE.filter((one) => !may(one, line.post as Ability))) {
      const cell = `${person} at ${path}`;
      expectAbsent(await send(who[person], theirs), await send(who[person], madeUp), {
        cell,
        theirs,
        madeUp,
      });
    }
  }
  const askers = line.post === "public" ? (["anonymous", ...STRANGERS] as const) : STRANGERS;
  for (const person of askers) {
    const home = world.home[person === "anonymous" ? "otherFirm" : person];
    const cell = `${person}: harbour's ids at another firm's ${path}`;
    const answer = await send(who[person], { ...theirs, ...home });
    const asNobodys = await send(who[person], { ...madeUp, ...home, link: theirs.link });
    expect(masked(answer, theirs, madeUp), cell).toEqual(masked(asNobodys, theirs, madeUp));
    expectNoneOf(answer.body + answer.location, [...world.inside, world.name], cell);
  }
}

/** Unsigned, signed with a key of somebody's own, and signed for another address. */
async function tryWebhook({ theirs, who }: World, path: string): Promise<void> {
  const events = [
    { resourceId: theirs.invoice, tenantId: theirs.tenantId, eventCategory: "INVOICE", eventType: "UPDATE" },
  ];
  const body = JSON.stringify({ events, firstEventSequence: 1, lastEventSequence: 1, entropy: "E" });
  const now = Math.floor(Date.now() / 1_000);
  const mac = (text: string) => createHmac("sha256", "somebody's own key").update(text);
  const signed = {
    "x-xero-signature": mac(body).digest("base64"),
    "stripe-signature": `t=${now},v1=${mac(`${now}.${body}`).digest("hex")}`,
  };
  for (const person of PEOPLE) {
    for (const headers of [{}, signed]) {
      const answer = await who[person].post(fill(path, theirs), body, headers as Record<string, string>);
      expect([answer.status, answer.body], `${person} at ${path}`).toEqual([401, ""]);
    }
  }
}
