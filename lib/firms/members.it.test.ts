import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { AppError } from "#lib/core/errors.ts";
import { QUEUE_SCHEMA } from "#lib/core/queue/queue-schema.ts";
import type { Actor } from "#lib/people/actor.ts";
import { acceptPasswordLink, findPasswordLink } from "#lib/people/password-links.ts";
import { findSession } from "#lib/people/sessions.ts";
import { signIn } from "#lib/people/sign-in.ts";
import { testDb } from "#lib/testing/database.ts";
import { testSimulator } from "#lib/testing/simulator.ts";
import { makeActor, makeCompany, TEST_PASSWORD, warmUp } from "#lib/testing/staff.ts";
import { type FirmCaller, requireFirm } from "./authorise.ts";
import { passwordLinkAsked } from "./jobs.ts";
import { insertMembership } from "./member-store.ts";
import { addMember, changeRole, type NewMember, removeMember, renewPasswordLink } from "./members.ts";
import { listMembers } from "./read.ts";
import { sendPasswordLink } from "./send-password-link.ts";

const db = testDb();
const simulator = testSimulator();
let ids: { companyId: string; firmIds: Record<string, string> };
let [broker, demoOwner, harbourOwner] = [] as unknown as [Actor, Actor, Actor];

beforeAll(async () => {
  ids = await makeCompany(db(), "quickfee", ["demo", "harbour", "north"]);
  broker = await makeActor(db(), "Broker", [{ companyId: ids.companyId, role: "owner" }]);
  demoOwner = await makeActor(db(), "Demo Owner", [{ firmId: ids.firmIds.demo ?? "", role: "owner" }]);
  harbourOwner = await makeActor(db(), "Harbour Owner", [
    { firmId: ids.firmIds.harbour ?? "", role: "owner" },
  ]);
});

async function at(firm: string, actor: Actor): Promise<FirmCaller> {
  return { actor, firm: await requireFirm(db(), actor, ids.firmIds[firm] ?? "", "see"), ip: null };
}

async function seat(caller: FirmCaller, email: string) {
  const member = (await listMembers(db(), caller.firm)).find((one) => one.email === email);
  return member?.membershipId ?? expect.fail(`${email} has no role`);
}

const person = (name: string, more: Partial<NewMember> = {}): NewMember => {
  return { name, email: `${name}@example.com`, role: "staff", on: "firm", ...more };
};

/** Does what the worker would, then reads this person's mail: the tokens of their links, newest first. */
async function linksTo(email: string): Promise<string[]> {
  const { rows } = await db().execute<{ data: unknown }>(
    sql`delete from ${sql.raw(QUEUE_SCHEMA)}.job where name = ${passwordLinkAsked.name} returning data`,
  );
  for (const { data } of rows) await sendPasswordLink(db(), passwordLinkAsked.payload.parse(data));
  type Mail = { messages: { text: string }[] };
  const { messages } = await simulator().control<Mail>(
    "GET",
    `/control/mail?to=${encodeURIComponent(email)}`,
  );
  return messages.map(({ text }) => /sign-in\/password\/(\S+)/.exec(text)?.[1] ?? "");
}

const from = { ip: null, userAgent: null };

/** Sets the password with the newest link in this person's mail; gives the session. */
async function accept(email: string): Promise<string> {
  const [token = ""] = await linksTo(email);
  return acceptPasswordLink(db(), { token, password: TEST_PASSWORD, ...from });
}

const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => "done",
    (error: AppError) => error.code,
  );

describe("a new person", () => {
  test("is e-mailed a link to set a password with, which nobody else sees; a second time they are here already", async () => {
    const caller = await at("demo", demoOwner);
    expect(await addMember(db(), caller, person("ann"))).toEqual({ isInvited: true });
    await accept("ann@example.com");
    expect(await codeOf(addMember(db(), caller, person("ann")))).toBe("invalid");
    expect(await listMembers(db(), caller.firm)).toContainEqual(
      expect.objectContaining({ email: "ann@example.com", role: "staff", state: "active" }),
    );
  });

  test("who works for another firm is not taken over by this one's owner: neither added nor given a link", async () => {
    await addMember(db(), await at("harbour", harbourOwner), person("bea"));
    expect(await codeOf(addMember(db(), await at("demo", demoOwner), person("bea")))).toBe("invalid");
    const added = await addMember(db(), await at("demo", broker), person("bea"));
    expect(added.isInvited).toBe(true);
    const caller = await at("demo", demoOwner);
    expect(await codeOf(renewPasswordLink(db(), caller, await seat(caller, "bea@example.com")))).toBe(
      "forbidden",
    );
  });

  test("who has a password keeps it when another firm adds them", async () => {
    const added = await addMember(db(), await at("harbour", broker), person("ann"));
    expect(added.isInvited).toBe(false);
  });

  test("who forgot the password gets a link from an owner of all places where they work, and of no fewer", async () => {
    const demo = await at("demo", demoOwner);
    expect(await codeOf(renewPasswordLink(db(), demo, await seat(demo, "ann@example.com")))).toBe(
      "forbidden",
    );
    const company = await at("demo", broker);
    await renewPasswordLink(db(), company, await seat(company, "ann@example.com"));
    const [newest = ""] = await linksTo("ann@example.com");
    expect(await findPasswordLink(db(), newest)).toMatchObject({ email: "ann@example.com" });
    expect(await codeOf(renewPasswordLink(db(), demo, await seat(demo, broker.email)))).toBe("forbidden");
  });

  test("gets a role on the company from its owners alone", async () => {
    const wanted = person("cid", { on: "company", role: "owner" });
    expect(await codeOf(addMember(db(), await at("demo", demoOwner), wanted))).toBe("forbidden");
    expect(await codeOf(addMember(db(), await at("demo", broker), { ...wanted, role: "viewer" }))).toBe(
      "done",
    );
  });
});

describe("a role", () => {
  test("at another firm, or on the company, is out of a firm owner's reach", async () => {
    const demo = await at("demo", demoOwner);
    const foreign = await seat(await at("harbour", harbourOwner), harbourOwner.email);
    expect(await codeOf(removeMember(db(), demo, foreign))).toBe("not_found");
    const companys = await seat(demo, broker.email);
    expect(await codeOf(changeRole(db(), demo, { membershipId: companys, role: "viewer" }))).toBe(
      "forbidden",
    );
  });

  test("is refused to whoever is no owner", async () => {
    const staff = await makeActor(db(), "Staff", [{ firmId: ids.firmIds.demo ?? "", role: "staff" }]);
    expect(await codeOf(addMember(db(), await at("demo", staff), person("dov")))).toBe("forbidden");
  });
});

describe("who has lost the last role", () => {
  test("keeps no password, link or session for the day when somebody else gives that address a role", async () => {
    const demo = await at("demo", demoOwner);
    const email = "gil@example.com";
    await addMember(db(), demo, person("gil"));
    const session = await accept(email);
    await renewPasswordLink(db(), demo, await seat(demo, email));
    const [unused = ""] = await linksTo(email);
    await removeMember(db(), demo, await seat(demo, email));

    const harbour = await at("harbour", harbourOwner);
    expect(await addMember(db(), harbour, person("gil", { role: "owner" }))).toEqual({ isInvited: true });
    expect(await findSession(db(), session)).toBeNull();
    expect(await findPasswordLink(db(), unused)).toBeNull();
    const typed = { email, password: TEST_PASSWORD, ...from, device: null };
    expect(await codeOf(signIn(db(), typed))).toBe("unauthenticated");
    await accept(email);
    expect(await codeOf(signIn(db(), typed))).toBe("done");
  });

  test("keeps all of it while another role is left, and gets no link that was still to be sent after the last", async () => {
    const demo = await at("demo", demoOwner);
    await addMember(db(), demo, person("hal"));
    const session = await accept("hal@example.com");
    await addMember(db(), await at("harbour", broker), person("hal"));
    await removeMember(db(), demo, await seat(demo, "hal@example.com"));
    expect(await findSession(db(), session)).not.toBeNull();

    const harbour = await at("harbour", harbourOwner);
    await renewPasswordLink(db(), harbour, await seat(harbour, "hal@example.com"));
    await removeMember(db(), harbour, await seat(harbour, "hal@example.com"));
    expect(await linksTo("hal@example.com")).toHaveLength(1);
  });
});

describe("the last owner", () => {
  test("of a company can be neither removed nor made less, whoever was invited", async () => {
    const caller = await at("demo", broker);
    await addMember(db(), caller, person("eva", { on: "company", role: "owner" }));
    const membershipId = await seat(caller, broker.email);
    expect(await codeOf(removeMember(db(), caller, membershipId))).toBe("conflict");
    expect(await codeOf(changeRole(db(), caller, { membershipId, role: "staff" }))).toBe("conflict");
    expect(await codeOf(changeRole(db(), caller, { membershipId, role: "owner" }))).toBe("done");
  });

  test("stays when two owners take each other out at the same moment", async () => {
    const { companyId, firmIds } = await makeCompany(db(), "twins", ["pair"]);
    const firmId = firmIds.pair ?? "";
    const owner = { companyId, role: "owner" } as const;
    const castor = await makeActor(db(), "Castor", [owner]);
    const pollux = await makeActor(db(), "Pollux", [owner]);
    await warmUp(db());
    for (let round = 0; round < 5; round += 1) {
      await db().execute(sql`delete from memberships where company_id = ${companyId}`);
      for (const { userId } of [castor, pollux]) {
        await insertMembership(db(), { firmId: null, companyId, userId, role: "owner" });
      }
      const as = async (actor: Actor) => ({
        actor,
        firm: await requireFirm(db(), actor, firmId, "company"),
        ip: null,
      });
      const [one, two] = [await as(castor), await as(pollux)];
      const [theirs, ours] = [await seat(one, pollux.email), await seat(two, castor.email)];
      const answers = await Promise.all([
        codeOf(removeMember(db(), one, theirs)),
        codeOf(removeMember(db(), two, ours)),
      ]);
      expect(answers.sort()).toEqual(["conflict", "done"]);
    }
  });
});

test("what happened to people is on record, without a link or a password", async () => {
  const { rows } = await db().execute(
    sql`select action, detail::text from audit_events where subject like 'user:%'`,
  );
  const actions = new Set(rows.map(({ action }) => action));
  for (const action of ["member.added", "member.role-changed", "member.removed", "person.password-set"]) {
    expect(actions).toContain(action);
  }
  expect(rows.map(({ detail }) => String(detail)).join()).not.toMatch(/[A-Za-z0-9_-]{43}|maple/);
});
