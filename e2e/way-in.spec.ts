/** Where signing in leads, and how long it holds. Over plain HTTP. */
import { actionsInBuild } from "./matrix/doors.ts";
import { type Answer, actionForm, signInPlainly, type Visitor, visitor } from "./matrix/visitor.ts";
import { expect, ownAddress, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { DEMO_PEOPLE } from "./support/staff.ts";

const ONCE = { tag: "@once" };

const signedIn = (ground: Ground, email: string, next = "/firms") =>
  signInPlainly(ground.webUrl, { address: ownAddress(), email, next });

const AWAY = [
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "https:evil.example",
  "/%2f%2fevil.example",
];

test(
  "O7: neither an address, nor a form, nor an old link leads to another site",
  ONCE,
  async ({ ground }) => {
    const who = visitor(ground.webUrl, { cookie: "", address: ownAddress() });
    const led = async (asked: string, answer: Promise<Answer>) => {
      const { location, status } = await answer;
      expect(status, asked).toBeLessThan(500);
      if (location) expect(new URL(location, ground.webUrl).origin, asked).toBe(ground.webUrl);
    };
    for (const away of AWAY) {
      const encoded = encodeURIComponent(away);
      await led(`the path ${away}`, who.get(away.startsWith("/") ? away : `/${away}`));
      await led(`back to ${away}`, who.get(`/sign-in?next=${encoded}`));
      await led(`an old link to ${away}`, who.get(`/qsopus/open?link=${encoded}`));
      await led(
        `an old link in pieces, ${away}`,
        who.get(`/company/${encoded}/firm/demo/invoiceNo/1/amount/1`),
      );
      await led(`next-auth, ${away}`, who.get(`/api/auth/signin?callbackUrl=${encoded}`));
      await led(
        `sign-out, ${away}`,
        who.post("/api/auth/signout", new URLSearchParams({ callbackUrl: away, csrfToken: "x" })),
      );
      const link = new URLSearchParams({ link: `back=${encoded}&invoice=1&amount=1`, code: "000000" });
      await led(`a payer's form, ${away}`, who.post(`/pay/quickfee/${encoded}/code/check`, link));
      const { answer } = await signedIn(ground, DEMO_PEOPLE.demoOwner, away);
      await led(`after signing in for ${away}`, Promise.resolve(answer));
    }
  },
);

test(
  "A4: signing in makes a new session and ends the one before; signing out and being disabled end it at once",
  ONCE,
  async ({ ground }) => {
    const actions = actionsInBuild();
    const [signIn, signOut] = ["sendSignIn", "signOut"].map((name) =>
      actions.get(`app/sign-in/actions.ts ${name}`),
    );
    if (!signIn || !signOut) throw new Error("The build has no sign-in");
    const isIn = async ({ cookie }: Visitor) =>
      (await visitor(ground.webUrl, { cookie, address: ownAddress() }).get("/firms")).status === 200;
    const { person: first, answer } = await signedIn(ground, "viewer@demo-accountants.example");
    expect(await isIn(first)).toBe(true);
    expect(answer.headers.get("set-cookie")).toMatch(/; Path=\/; .*HttpOnly; SameSite=lax/i);

    const fields = {
      email: "viewer@demo-accountants.example",
      password: "paper-ledger-demo",
      next: "/firms",
    };
    const again = await first.post("/sign-in", actionForm(signIn, { fields }));
    const second = visitor(ground.webUrl, { cookie: again.cookie, address: ownAddress() });
    expect(again.cookie).not.toBe(first.cookie);
    expect([await isIn(first), await isIn(second)]).toEqual([false, true]);

    await second.post(
      "/firms",
      actionForm(signOut, { hidden: { [`$ACTION_ID_${signOut.id}`]: "" }, fields: {} }),
    );
    expect(await isIn(second)).toBe(false);

    const { person: third } = await signedIn(ground, "viewer@demo-accountants.example");
    expect(await isIn(third)).toBe(true);
    const disable = (at: string) =>
      ground.query(`update users set disabled_at = ${at} where email = 'viewer@demo-accountants.example'`);
    await disable("now()");
    expect(await isIn(third)).toBe(false);
    await disable("null");
  },
);
