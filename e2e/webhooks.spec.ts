/** Xero's and Stripe's deliveries as they come: signed, forged, too large, and while nothing can be kept. */
import { createHmac, randomUUID } from "node:crypto";
import { expect, test } from "./support/fixtures.ts";
import type { Ground } from "./support/ground.ts";
import { DEMO_APP } from "./support/staff.ts";

const ONCE = { tag: "@once" };

async function xeroHook({ query, webUrl }: Ground): Promise<string> {
  const [app] = await query<{ id: string }>("select id from xero_apps where client_id = $1", [
    DEMO_APP.clientId,
  ]);
  return `${webUrl}/api/xero/webhook/${app?.id}`;
}

function signed(body: string): RequestInit {
  const signature = createHmac("sha256", DEMO_APP.webhookKey ?? "")
    .update(body)
    .digest("base64");
  return { method: "POST", body, headers: { "x-xero-signature": signature } };
}

const delivery = (events: object[]) =>
  JSON.stringify({ events, firstEventSequence: 1, lastEventSequence: events.length, entropy: randomUUID() });

const anEvent = () => ({
  resourceUrl: "https://api.xero.com/",
  resourceId: randomUUID(),
  tenantId: randomUUID(),
  eventCategory: "INVOICE",
  eventType: "UPDATE",
});

test("W1: Xero's four probes of the intent to receive are told apart", ONCE, async ({ ground }) => {
  const answer = await ground.simulator.control<{ status: string }>("POST", "/control/webhooks/intent", {
    clientId: DEMO_APP.clientId,
  });
  expect(answer.status).toBe("ok");
});

test(
  "W5: a delivery of fifteen megabytes is refused, signed rightly or not, and the next one is taken",
  ONCE,
  async ({ ground }) => {
    const hook = await xeroHook(ground);
    const huge = delivery(Array.from({ length: 100_000 }, anEvent));
    expect(huge.length).toBeGreaterThan(15_000_000);
    const kept = () => ground.query("select count(*)::int as rows from webhook_inbox");
    const before = await kept();
    for (const init of [signed(huge), { method: "POST", body: huge }]) {
      const status = await fetch(hook, init).then(
        (answer) => answer.status,
        () => "cut",
      );
      // A proxy in front tells a cut connection as 502.
      expect([413, 502, "cut"]).toContain(status);
    }
    expect(await kept()).toEqual(before);
    expect((await fetch(hook, signed(delivery([])))).status).toBe(200);
  },
);

test(
  "W7: what can't be kept is not acknowledged, and is taken when it comes again",
  ONCE,
  async ({ ground }) => {
    const hook = await xeroHook(ground);
    const event = anEvent();
    const body = delivery([event]);
    const inbox = () =>
      ground.query("select 1 from webhook_inbox where events::text like $1", [`%${event.resourceId}%`]);
    await ground.query("alter table webhook_inbox rename to webhook_inbox_away");
    const during = await fetch(hook, signed(body)).finally(() =>
      ground.query("alter table webhook_inbox_away rename to webhook_inbox"),
    );
    expect(during.status).toBeGreaterThanOrEqual(500);
    expect(await inbox()).toEqual([]);
    expect((await fetch(hook, signed(body))).status).toBe(200);
    expect(await inbox()).toHaveLength(1);
  },
);

test(
  "W7: Stripe's event that can't be kept is taken when it comes again, and worked through once",
  ONCE,
  async ({ ground }) => {
    const [account] = await ground.query<{ id: string; at: string }>(
      `select p.id, p.webhook_seen_at as at from processor_accounts p join firms f on f.id = p.firm_id
     where f.slug = 'harbour' and p.ended_at is null`,
    );
    const { secret } = await ground.simulator.control<{ secret: string }>("POST", "/control/stripe/listen", {
      apiKey: "sk_test_harbour_books",
      forwardTo: `${ground.webUrl}/api/stripe/webhook/${account?.id}`,
    });
    const id = `evt_${randomUUID()}`;
    const body = JSON.stringify({
      id,
      livemode: false,
      type: "payment_intent.succeeded",
      data: { object: { id: "pi_none" } },
    });
    const at = Math.floor(Date.now() / 1_000);
    const v1 = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
    const send = () =>
      fetch(`${ground.webUrl}/api/stripe/webhook/${account?.id}`, {
        method: "POST",
        body,
        headers: { "stripe-signature": `t=${at},v1=${v1}` },
      });
    await ground.query("alter table processor_events rename to processor_events_away");
    const during = await send().finally(() =>
      ground.query("alter table processor_events_away rename to processor_events"),
    );
    expect(during.status).toBeGreaterThanOrEqual(500);
    expect((await send()).status).toBe(200);
    expect((await send()).status).toBe(200);
    expect(await ground.query("select 1 from processor_events where event_ref = $1", [id])).toHaveLength(1);
    await expect
      .poll(() =>
        ground.query("select 1 from processor_events where event_ref = $1 and processed_at is not null", [
          id,
        ]),
      )
      .toHaveLength(1);
  },
);
