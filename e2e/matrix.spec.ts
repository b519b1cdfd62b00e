/**
 * A1: every page, handler and server action × seven people × ids of another firm, over plain HTTP. The doors are read from
 * the source (matrix/doors.ts), what is right from one table (matrix/table.ts).
 */
import { createHmac } from "node:crypto";
import { test as plain } from "@playwright/test";
import { actionsInBuild, actionsInSource, type BuiltAction, routesInSource } from "./matrix/doors.ts";
import { type Ability, ACTIONS, type ActionLine, MAY, ROUTES, type RouteLine } from "./matrix/table.ts";
import { type Answer, actionForm, formsFor, getData, type Hidden, type Visitor } from "./matrix/visitor.ts";
import {
  closest,
  consent,
  type Facts,
  fill,
  fingerprint,
  INSIDERS,
  makeWorld,
  OUTSIDERS,
  PEOPLE,
  type Person,
  type World,
} from "./matrix/world.ts";
import { expect, test as stacked } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";

const TABLE = "e2e/matrix/table.ts";
const built = actionsInBuild;
const strangers = ["otherFirm", "otherCompany"] as const;
const worlds = new Map<Ground, Promise<World>>();

plain(
  "A1: every route and action of the source has its line in the matrix, and every line its door",
  {
    tag: "@once",
  },
  () => {
    const lists = [
      { listed: Object.keys(ROUTES), inSource: routesInSource(), name: "ROUTES" },
      { listed: Object.keys(ACTIONS), inSource: actionsInSource(), name: "ACTIONS" },
    ];
    for (const { listed, inSource, name } of lists) {
      const missing = inSource.filter((door) => !listed.includes(door));
      expect(missing, `add a line to ${name} in ${TABLE} for each of these`).toEqual([]);
      const gone = listed.filter((door) => !inSource.includes(door));
      expect(gone, `these lines of ${name} in ${TABLE} have no door any more`).toEqual([]);
    }
    const unlisted = [...built().keys()].filter((action) => !(action in ACTIONS));
    expect(unlisted, "the build serves these, and the source's list has them not").toEqual([]);
  },
);

const test = stacked.extend({});
test.use({ story: "matrix" });

test("A1: pages and handlers: who may gets in, for all others the firm does not exist", {
  tag: "@once",
}, async ({ ground }) => {
  await quietly(ground, async (world) => {
    const unchanged = await watchTables(ground);
    for (const [key, line] of Object.entries(ROUTES)) {
      const [method, path] = key.split(" ") as [string, string];
      if (line === "own-step") continue;
      await test.step(key, async () => {
        if (method === "GET") await tryPage(world, path, line);
        else await tryPost(world, path, line);
        await unchanged(key);
      });
    }
  });
});

test("A1: actions: replayed by anyone who may not, or with another firm's ids, they change nothing", {
  tag: "@once",
}, async ({ ground }) => {
  await quietly(ground, async (world) => {
    const unchanged = await watchTables(ground);
    for (const [key, action] of built()) {
      const line = ACTIONS[key];
      if (line) await test.step(key, () => tryAction(world, key, { action, line, unchanged }));
    }
  });
});

test("A1: Xero's answer and sign-out work for nobody but whose they are", {
  tag: "@once",
}, async ({ ground }) => {
  await quietly(ground, async (world) => {
    const { company, firm } = world.theirs;
    const answer = await consent(ground, world.who.owner, { company, firm });
    const unchanged = await watchTables(ground);
    for (const person of PEOPLE.filter((one) => one !== "owner")) {
      const { location, body } = await world.who[person].get(`/api/xero/callback?${answer}`);
      expect(location, person).toMatch(/\/(sign-in\?next=\/xero-answer|xero-answer)$/);
      expectNoneOf(body + location, world.inside, person);
      await unchanged(`Xero's answer to the owner, brought by ${person}`);
    }
    for (const origin of ["https://evil.example", "null", ""]) {
      const headers: Record<string, string> = { origin };
      const out = await world.who.owner.post(
        "/api/auth/signout",
        new URLSearchParams({ csrfToken: "x" }),
        headers,
      );
      expect(out.status, `sign-out from origin ${origin}`).toBe(403);
    }
    await unchanged("sign-out from elsewhere");
  });
});

test("A1: and each does its work for who may, or the matrix would prove nothing", {
  tag: "@once",
}, async ({ ground }) => {
  await quietly(ground, async (world) => {
    const { theirs, who } = world;
    const changed = async (what: string, use: () => Promise<Answer>) => {
      const before = await fingerprint(ground);
      const { status, location, text } = await use();
      const said = `${what} answered ${status} ${location} ${text.slice(-900)}`;
      const after = await fingerprint(ground);
      expect(JSON.stringify(after) !== JSON.stringify(before), said).toBe(true);
    };
    for (const [key, line] of Object.entries(ROUTES)) {
      if (typeof line !== "object" || (line.post === "public" && !line.changes)) continue;
      const person = line.post === "public" ? "anonymous" : MAY[line.post][0];
      const path = fill(key.split(" ")[1] ?? "", theirs);
      await changed(key, () => who[person].post(path, new URLSearchParams(line.fields(theirs))));
    }
    for (const [key, line] of Object.entries(ACTIONS)) {
      const action = built().get(key);
      if (!action || line.needs === "nobody") continue;
      const person = line.needs === "own-origin" ? "staff" : MAY[line.needs][0];
      const hidden = await formOf(world, { action, line });
      await changed(key, () => sendAction(world, { key, action, line, hidden })(person, theirs));
    }
  });
});

/** With the worker at rest, so that every change of a table is a request's. */
async function quietly(ground: Ground, work: (world: World) => Promise<void>): Promise<void> {
  if (!ground.without)
    return test.skip(true, "The matrix wants a stack of its own, with this folder's build");
  const made = worlds.get(ground) ?? makeWorld(ground, built());
  worlds.set(ground, made);
  const world = await made;
  await ground.without("worker", () => work(world));
}

async function watchTables(ground: Ground): Promise<(what: string) => Promise<void>> {
  const before = await fingerprint(ground);
  return async (what) => expect(await fingerprint(ground), `${what} changed a table`).toEqual(before);
}

async function tryPage(world: World, path: string, line: RouteLine): Promise<void> {
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
  for (const person of strangers) {
    const home = world.home[person];
    const cell = `${person} at home, with harbour's ids, at ${path}`;
    const answer = await who[person].get(fill(path, { ...theirs, ...home }));
    const asNobodys = await who[person].get(fill(path, { ...madeUp, ...home, link: theirs.link }));
    expect(masked(answer, theirs, madeUp), cell).toEqual(masked(asNobodys, theirs, madeUp));
    expectNoneOf(answer.body + answer.location, [...world.inside, world.name], cell);
  }
}

async function tryPost(world: World, path: string, line: RouteLine): Promise<void> {
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
    return;
  }
  for (const person of ["anonymous", ...strangers] as const) {
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

type Tried = { action: BuiltAction; line: ActionLine; unchanged: (what: string) => Promise<void> };
type Sent = { key: string; action: BuiltAction; line: ActionLine; hidden: Hidden | undefined };

/** The form as a page shows it to a person who may use it. */
async function formOf({ who, theirs }: World, { action, line }: Pick<Sent, "action" | "line">) {
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

function sendAction({ who }: World, { key, action, line, hidden }: Sent) {
  return (person: Person, at: Facts, more: { fields?: Record<string, string>; origin?: string } = {}) => {
    const { company, firm } = at;
    const fields = more.fields ?? line.fields(at);
    const takesPlace = line.needs in MAY && !("companySlug" in fields);
    const form = actionForm(action, { hidden, fields, ...(takesPlace ? { place: { company, firm } } : {}) });
    const headers = more.origin === undefined ? {} : { origin: more.origin };
    return who[person].post(pageFor(key, action, at), form, headers as Record<string, string>);
  };
}

async function tryAction(world: World, key: string, { action, line, unchanged }: Tried): Promise<void> {
  const { theirs, madeUp } = world;
  const hidden = await formOf(world, { action, line });
  expect(line.needs === "nobody" || hidden, `a page shows the form of ${key}`).toBeTruthy();
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
  for (const person of strangers) {
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
  const own = key.replace(/^app|\/actions\.ts .*$/g, "").replace(/\/\([^)]*\)/g, "");
  const page = pages.find((one) => one === own) ?? pages[0];
  if (!page) throw new Error(`No page of the build takes ${key}`);
  return fill(page, facts);
}

function may(person: Person, ability: Ability): boolean {
  return (MAY[ability] as readonly Person[]).includes(person);
}

function isOutside(person: Person): boolean {
  return (
    (OUTSIDERS as readonly Person[]).includes(person) && !(INSIDERS as readonly Person[]).includes(person)
  );
}

type Pair = { cell: string; theirs: Facts; madeUp: Facts };

/** As the same request for what nobody has: a page that isn't there, or the way to sign in. */
function expectAbsent(answer: Answer, asNobodys: Answer, { cell, theirs, madeUp }: Pair): void {
  expect([303, 307, 404], `${cell} answered ${answer.text.slice(0, 200)}`).toContain(answer.status);
  expect(masked(answer, theirs, madeUp), cell).toEqual(masked(asNobodys, theirs, madeUp));
}

/** What was seen, with the asked ids taken out: they stand in addresses. */
function masked({ status, location, text }: Answer, theirs: Facts, madeUp: Facts) {
  const ids = [theirs, madeUp].flatMap(({ spareApp: _, credentials: __, ...facts }) => Object.values(facts));
  const out = (seen: string) =>
    ids
      .filter((id) => id.length > 4)
      .flatMap((id) => [id, encodeURIComponent(id)])
      .reduce((rest, id) => rest.replaceAll(id, "…"), seen);
  return { status, location: out(location), text: out(text) };
}

function expectNoneOf(body: string, secrets: string[], cell: string, sent: string[] = []): void {
  const told = secrets.filter((secret) => !sent.includes(secret) && body.includes(secret));
  expect(told, `${cell} tells, in ${around(body, told[0])}`).toEqual([]);
}

function around(body: string, word = ""): string {
  const at = body.indexOf(word);
  return body.slice(Math.max(0, at - 200), at + 200);
}
