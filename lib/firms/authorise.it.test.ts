import { beforeAll, describe, expect, test } from "vitest";
import type { AppError } from "#lib/core/errors.ts";
import type { Actor } from "#lib/people/actor.ts";
import { testDb } from "#lib/testing/database.ts";
import { makeActor, makeCompany, warmUp } from "#lib/testing/staff.ts";
import { requireCompany, requireFirm } from "./authorise.ts";
import { createFirm } from "./create.ts";
import { currentTerms, findFirmForPayer, listMyFirms } from "./read.ts";

const db = testDb();
let demo: string;
let actors: Record<"viewer" | "owner" | "broker" | "stranger" | "foreigner", Actor>;

beforeAll(async () => {
  const { companyId, firmIds } = await makeCompany(db(), "quickfee", ["demo", "harbour"]);
  const other = await makeCompany(db(), "other", ["demo"]);
  demo = firmIds.demo ?? "";
  actors = {
    viewer: await makeActor(db(), "Viewer", [{ firmId: demo, role: "viewer" }]),
    owner: await makeActor(db(), "Owner", [{ firmId: demo, role: "owner" }]),
    broker: await makeActor(db(), "Broker", [{ companyId, role: "owner" }]),
    stranger: await makeActor(db(), "Stranger"),
    foreigner: await makeActor(db(), "Foreigner", [{ companyId: other.companyId, role: "owner" }]),
  };
});

const refusal = (attempt: Promise<unknown>): Promise<AppError> =>
  attempt.then(
    () => expect.fail("It was let in"),
    (error) => error,
  );

describe("a firm", () => {
  test("A1: of others looks as if it did not exist, by id and by address", async () => {
    const real = { companySlug: "quickfee", firmSlug: "demo" };
    const madeUp = { companySlug: "quickfee", firmSlug: "nowhere" };
    const answers = [];
    for (const actor of [actors.stranger, actors.foreigner]) {
      for (const place of [
        demo,
        real,
        madeUp,
        "00000000-0000-4000-8000-000000000000",
        "no-uuid",
        { companySlug: "a\0", firmSlug: "" },
      ]) {
        answers.push(await refusal(requireFirm(db(), actor, place, "see")));
      }
    }
    const told = answers.map(({ code, message }) => ({ code, message }));
    expect(told[0]?.code).toBe("not_found");
    expect(told).toEqual(told.map(() => told[0]));
  });

  test("of one's own, but above one's role, says so", async () => {
    expect(await requireFirm(db(), actors.viewer, demo, "see")).toMatchObject({
      firmId: demo,
      role: "viewer",
    });
    expect((await refusal(requireFirm(db(), actors.viewer, demo, "connect"))).code).toBe("forbidden");
    expect((await refusal(requireFirm(db(), actors.owner, demo, "company"))).code).toBe("forbidden");
  });

  test("is covered by a role on its company", async () => {
    const place = { companySlug: "quickfee", firmSlug: "harbour" };
    expect(await requireFirm(db(), actors.broker, place, "company")).toMatchObject({
      role: "owner",
      firmRole: null,
    });
    expect((await refusal(requireFirm(db(), actors.owner, place, "see"))).code).toBe("not_found");
  });

  test("is listed for those alone who may open it", async () => {
    const slugs = async (actor: Actor) =>
      (await listMyFirms(db(), actor)).map((firm) => `${firm.companySlug}/${firm.firmSlug}`);
    expect(await slugs(actors.viewer)).toEqual(["quickfee/demo"]);
    expect(await slugs(actors.broker)).toEqual(["quickfee/demo", "quickfee/harbour"]);
    expect(await slugs(actors.foreigner)).toEqual(["other/demo"]);
    expect(await slugs(actors.stranger)).toEqual([]);
  });
});

describe("a company", () => {
  test("is there for its owners alone", async () => {
    expect(await requireCompany(db(), actors.broker, "quickfee")).toMatchObject({ companySlug: "quickfee" });
    for (const actor of [actors.owner, actors.foreigner, actors.stranger]) {
      expect((await refusal(requireCompany(db(), actor, "quickfee"))).code).toBe("not_found");
    }
  });

  test("gets a new firm with terms from its owner; no look-alike, no bad name, nobody else's", async () => {
    const add = (slug: string, actor = actors.broker) =>
      createFirm(db(), actor, { companySlug: "quickfee", slug, name: "North" });
    await add("north");
    const north = await findFirmForPayer(db(), "quickfee", "north");
    expect(north?.privacy).toBe("code");
    expect(await currentTerms(db(), north?.firmId ?? "")).toMatchObject({ version: 1 });
    for (const slug of ["dem0", "demo", "d-emo", "Demo!", "new"]) {
      expect(await refusal(add(slug))).toMatchObject({ code: "invalid", field: "firmSlug" });
    }
    expect((await refusal(add("south", actors.owner))).code).toBe("not_found");
  });

  test("gets only one of several look-alike firms that are made at once", async () => {
    await warmUp(db());
    for (const end of ["a", "b", "c", "d", "e"]) {
      const alike = [`bill-${end}`, `bi1l-${end}`, `b-ill-${end}`, `bil-l-${end}`];
      const made = await Promise.allSettled(
        alike.map((slug) => createFirm(db(), actors.broker, { companySlug: "quickfee", slug, name: "B" })),
      );
      expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    }
  });
});

test("a payer's address that leads nowhere finds nothing", async () => {
  for (const [company, firm] of [
    ["quickfee", "nowhere"],
    ["nowhere", "demo"],
    ["", ""],
    ["a\0", "b"],
  ] as const) {
    expect(await findFirmForPayer(db(), company, firm)).toBeNull();
  }
});
