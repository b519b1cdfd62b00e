import { kindOf } from "#lib/overdue/kinds.ts";
import type { Late } from "#lib/overdue/read.ts";
import type { ProcessorTest } from "#lib/processor/test-account.ts";
import type { TestMode } from "#lib/processor/test-mode.ts";
import type { EventsState } from "#lib/processor/webhooks/events-state.ts";
import type { AppCapacity } from "#lib/xero/apps/app-capacity.ts";
import type { Connections } from "#lib/xero/organisations/connection-details.ts";
import { desk, type Finding, type OrganisationFacts, says } from "./finding.ts";
import { ofOrganisation } from "./organisation-findings.ts";

export type Facts = {
  app: Connections["app"];
  room: AppCapacity | null;
  organisations: OrganisationFacts[];
  processor: ProcessorTest;
  testMode: TestMode | null;
  /** Another firm of this desk uses the same account at the processor. */
  sharesAccount: boolean;
  /** Null when the mail server takes letters, else what it says. */
  mailFault: string | null;
  workerSecondsAgo: number | null;
  /** What should have ended by now. */
  late: Late[];
  /** Limits that count by address count nobody. */
  countsNoAddress: boolean;
};

/** Each worker says every minute that it is here. */
const WORKER_SILENT_SECONDS = 180;

const PROCESSOR = desk("settings/processor", "Open payment processor");
const SHARED =
  "Another firm of this desk uses the same Stripe account. A payout that holds payments of both is not written to Xero: it waits on the to-do list of each. Give each firm an account of its own.";

const FIRST: Finding["state"][] = ["fault", "unsure", "ok"];

/** Everything that is missing, and everything that is there, at once; what is missing comes first. */
export function findingsOf(facts: Facts): Finding[] {
  const found = [
    ...connecting(facts),
    ...facts.organisations.flatMap(ofOrganisation),
    ...ofProcessor(facts.processor),
    ...ofTestMode(facts.testMode),
    ...(facts.sharesAccount ? [says("pay")("unsure", SHARED, PROCESSOR)] : []),
    ...ofAddresses(facts.countsNoAddress),
    ofWorker(facts.workerSecondsAgo),
    ...ofLate(facts.late),
    ...ofWebhooks(facts.room),
    ofMail(facts.mailFault),
  ];
  return found.sort((a, b) => FIRST.indexOf(a.state) - FIRST.indexOf(b.state));
}

function connecting({ app, room, organisations }: Facts): Finding[] {
  const say = says("connect");
  const settings = desk("settings/xero", "Set up the Xero app");
  const found: Finding[] = [];
  if (app === "ready") found.push(say("ok", "A Xero app is saved, and Xero took its secret."));
  else if (app === "retired_only")
    found.push(say("fault", "Only an old credential is on file, which Xero has retired.", settings));
  else if (organisations.length === 0) found.push(say("fault", "No Xero app is saved.", settings));
  if (room) found.push(ofRoom(room));
  if (organisations.length === 0)
    found.push(say("fault", "No organisation is connected.", desk("connections", "Connect Xero")));
  return found;
}

/** How many organisations the company's other firms have is not this firm's to know: only whether there is room. */
function ofRoom({ whose, used, limit, tierName }: AppCapacity): Finding {
  const say = says("connect");
  if (used >= limit) {
    return say(
      "fault",
      `Xero's connection limit is reached: the app's ${tierName} tier allows ${limit} organisations, and Xero refuses the next one. Disconnect one that is no longer needed, or raise the tier at Xero and set it here.`,
      desk("settings/xero/usage", "Open tier and connections"),
    );
  }
  return whose === "firm"
    ? say("ok", `${used} of the ${limit} organisations that the app's ${tierName} tier allows are connected.`)
    : say("ok", `The company's app has room for another organisation (${tierName} tier).`);
}

function ofProcessor(test: ProcessorTest): Finding[] {
  const say = says("pay");
  switch (test.state) {
    case "none":
      return [say("fault", "No payment processor is set up, so nobody can pay.", PROCESSOR)];
    case "refused":
      return [say("fault", `Stripe no longer takes the key of ${test.account}.`, PROCESSOR)];
    case "silent":
      return [say("unsure", "Stripe did not answer; look again in a minute.")];
    case "disabled": {
      const text = `Stripe lets ${test.account} take no payments yet, so nobody can pay: finish what Stripe asks for in its dashboard. We ask again every minute.`;
      return [say("fault", text, PROCESSOR)];
    }
    case "taken":
      return [say("ok", `Stripe takes the key of ${test.account}.`), ofEvents(test.events)];
  }
}

function ofEvents(events: EventsState): Finding {
  const say = says("pay");
  switch (events) {
    case "missing":
      return say(
        "unsure",
        "Stripe has no webhook of ours: we ask every minute, and receipts come later.",
        PROCESSOR,
      );
    case "awaited":
      return say(
        "unsure",
        "Stripe knows our webhook, and no event has come yet. The first payment sends one.",
        PROCESSOR,
      );
    case "arriving":
      return say("ok", "Stripe tells us of payments at once.");
  }
}

function ofTestMode(mode: TestMode | null): Finding[] {
  if (!mode) return [];
  const names = mode.organisations.join(", ");
  const text = mode.isAllowed
    ? `Clients pay with test payments: no money is taken, and their invoices are marked as paid in ${names}. Save the live key before you send pay links.`
    : `Stripe's key is a test key, and ${names} is no demo company, so nobody can pay. Save the live key, or allow test payments.`;
  return [says("pay")("fault", text, desk("settings/processor", "Open payment processor"))];
}

function ofAddresses(countsNoAddress: boolean): Finding[] {
  const silent =
    "No proxy is declared (TRUSTED_PROXY_HOPS is 0), so callers' addresses are not known: guesses at pay links and passwords are not counted by address. Whoever runs the desk sets it to the number of proxies in front.";
  return countsNoAddress ? [says("pay")("fault", silent)] : [];
}

function ofWorker(secondsAgo: number | null): Finding {
  const say = says("write");
  if (secondsAgo !== null && secondsAgo < WORKER_SILENT_SECONDS) return say("ok", "The worker is running.");
  const since =
    secondsAgo === null ? "has never run" : `was last here ${Math.round(secondsAgo / 60)} minutes ago`;
  return say(
    "fault",
    `The worker ${since}: payments are taken and kept, and nothing is written to Xero. Start it where the desk runs (npm run worker).`,
  );
}

/** Key and connections have findings of their own. */
function ofLate(late: Late[]): Finding[] {
  return late
    .filter(({ kind }) => !kindOf(kind).isTold)
    .map(({ kind, rows }) =>
      says("write")("fault", `${kindOf(kind).title} (${rows.length}).`, desk("to-do", "Open the to-do list")),
    );
}

function ofWebhooks(room: AppCapacity | null): Finding[] {
  if (!room) return [];
  const say = says("fresh");
  const fix = desk("settings/xero", "Open the app's settings");
  if (!room.webhookKeySet) {
    const slow = "The Xero app has no webhook key: changes in Xero are seen within minutes, not seconds.";
    return [say("unsure", slow, fix)];
  }
  if (room.webhookSeenAt) {
    const day = room.webhookSeenAt.toISOString().slice(0, 10);
    return [say("ok", `Xero's webhooks come, rightly signed; the last on ${day}.`)];
  }
  const silent =
    "A webhook key is saved, but nothing signed with it has come. At Xero, send the intent to receive; if it fails, the key here is another one.";
  return [say("unsure", silent, fix)];
}

function ofMail(fault: string | null): Finding {
  const say = says("letters");
  if (fault === null) return say("ok", "The mail server takes our letters.");
  return say(
    "fault",
    `The mail server does not take our letters: ${fault}. Look at SMTP_URL where the desk runs; receipts and codes wait until then.`,
  );
}
