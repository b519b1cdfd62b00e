/**
 * A1: every page, handler and server action × seven people × ids of another firm, over plain HTTP. The doors are read from
 * the source (matrix/doors.ts), what is right from one table (matrix/table.ts).
 */
import { test as plain } from "@playwright/test";
import { actionsInBuild, actionsInSource, routesInSource } from "./matrix/doors.ts";
import { fill } from "./matrix/facts.ts";
import { expectNoneOf } from "./matrix/judge.ts";
import { PEOPLE } from "./matrix/people.ts";
import { ACTIONS, MAY, ROUTES, TABLE } from "./matrix/table.ts";
import { formOf, sendAction, tryAction } from "./matrix/try-actions.ts";
import { tryCall, tryPage, tryPost } from "./matrix/try-routes.ts";
import type { Answer } from "./matrix/visitor.ts";
import { consent, fingerprint, makeWorld, type World } from "./matrix/world.ts";
import { expect, test as stacked } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";

const built = actionsInBuild;
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
  // Each of them by each of many people.
  test.slow();
  await quietly(ground, async (world) => {
    const unchanged = await watchTables(ground);
    for (const [key, line] of Object.entries(ROUTES)) {
      const [method, path] = key.split(" ") as [string, string];
      if (line === "own-step") continue;
      await test.step(key, async () => {
        if (method === "ANY") await tryCall(world, path);
        else if (method === "GET") await tryPage(world, path, line);
        else await tryPost(world, path, line);
        await unchanged(key);
      });
    }
  });
});

test("A1: actions: replayed by anyone who may not, or with another firm's ids, they change nothing", {
  tag: "@once",
}, async ({ ground }) => {
  // Each of them by each of many people.
  test.slow();
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
