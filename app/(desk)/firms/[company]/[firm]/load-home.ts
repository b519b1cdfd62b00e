import "server-only";
import { dayIn } from "#lib/core/clock.ts";
import { db } from "#lib/core/db.ts";
import { formatInstant } from "#lib/core/text/date-words.ts";
import type { FirmContext } from "#lib/firms/authorise.ts";
import { may } from "#lib/firms/rules.ts";
import { outstandingByAge, syncStates } from "#lib/mirror/read.ts";
import { readUnread } from "#lib/mirror/sync/read-unread.ts";
import { countHeld } from "#lib/orders/staff/read-for-staff.ts";
import { kindOf } from "#lib/overdue/kinds.ts";
import { listLate } from "#lib/overdue/read.ts";
import { disputeNow } from "#lib/payments/disputes/dispute-words.ts";
import { listDisputesToAnswer } from "#lib/payments/disputes/read-disputes.ts";
import { collectedByDay, listProblems } from "#lib/payments/read.ts";
import { listProblemPayouts, readClearing } from "#lib/payouts/read.ts";
import { listRefused, onItsWay } from "#lib/posting/read.ts";
import { currentAccountId } from "#lib/processor/read.ts";
import { testModeOf } from "#lib/processor/test-mode.ts";
import { listBreaks } from "#lib/reconcile/read.ts";
import { healthInWords } from "#lib/xero/organisations/connection-words.ts";
import { loadConnections } from "#lib/xero/organisations/read.ts";
import { placeAndTime } from "./place-and-time.ts";

/** One thing that waits for a person, and the page with the one button for it. */
export type Need = { key: string; title: string; why: string; label: string; path: string };

export type Home = Awaited<ReturnType<typeof loadHome>>;

/** How many days the chart of what came in goes back. */
export const CHART_DAYS = 30;

/** A refused key by itself, all else together; what is wrong with a connection is told before. */
function lateNeeds(late: Awaited<ReturnType<typeof listLate>>): Need[] {
  const key = late.find(({ kind }) => kind === "key");
  const others = late.filter(({ kind }) => kind !== "key" && kind !== "connection");
  const count = others.reduce((sum, { rows }) => sum + rows.length, 0);
  const { title, fix } = kindOf("key");
  return [
    ...(key
      ? [{ key: "key", title, why: fix, label: "Open payment processor", path: "settings/processor" }]
      : []),
    ...(count > 0
      ? [
          {
            key: "late",
            title:
              count === 1
                ? "Something has not ended as it should"
                : `${count} things have not ended as they should`,
            why: others.map(({ kind }) => `${kindOf(kind).title}.`).join(" "),
            label: "Open the list",
            path: "to-do",
          },
        ]
      : []),
  ];
}

/** What the home page says of a firm. */
export async function loadHome(firm: FirmContext) {
  const now = new Date();
  const where = await placeAndTime(db(), firm.firmId);
  const { timeZone, currency: own } = where;
  const today = dayIn(timeZone, now);
  const [
    connections,
    processor,
    testMode,
    refused,
    problems,
    collected,
    underWay,
    disputes,
    breaks,
    payouts,
    clearing,
    unread,
    late,
    held,
  ] = await Promise.all([
    loadConnections(db(), firm),
    currentAccountId(db(), firm.firmId),
    testModeOf(db(), firm.firmId),
    listRefused(db(), firm),
    listProblems(db(), firm),
    collectedByDay(db(), firm, { today, days: CHART_DAYS, timeZone, own }),
    onItsWay(db(), firm),
    listDisputesToAnswer(db(), firm),
    listBreaks(db(), firm),
    listProblemPayouts(db(), firm),
    readClearing(db(), firm),
    readUnread(db(), firm),
    listLate(db(), firm),
    countHeld(db(), firm),
  ]);
  const live = connections.live.map((story) => story.connectionId);
  const [sync, owed] = await Promise.all([syncStates(db(), live), outstandingByAge(db(), live, today)]);
  const needs: Need[] = [];
  const owner = may(firm, "settings");
  if (connections.live.length === 0) {
    needs.push({
      key: "connect",
      title: "Xero is not connected",
      why: "Clients can't pay before it is.",
      label: "Open connections",
      path: "connections",
    });
  }
  for (const story of connections.live) {
    const health = healthInWords(story);
    if (health.tone === "danger") {
      needs.push({
        key: story.connectionId,
        title: `${story.organisationName}: ${health.word}`,
        why: health.sentence,
        label: "Open connections",
        path: "connections",
      });
    }
    if (!story.clearing && owner) {
      needs.push({
        key: `clearing ${story.connectionId}`,
        title: `Choose a clearing account for ${story.organisationName}`,
        why: "Payments wait in it until the payout reaches the bank. Clients can't pay before it is chosen.",
        label: "Choose the account",
        path: "settings/payment-link",
      });
    }
  }
  if (!processor && owner) {
    needs.push({
      key: "processor",
      title: "No payment processor yet",
      why: "Clients can't pay before its key is saved.",
      label: "Set up payments",
      path: "settings/processor",
    });
  }
  if (testMode && !testMode.isAllowed && owner) {
    needs.push({
      key: "test mode",
      title: "Stripe's key is a test key",
      why: `${testMode.organisations.join(", ")}: no demo company, so clients can't pay before the live key is saved, or test payments are allowed.`,
      label: "Open payment processor",
      path: "settings/processor",
    });
  }
  const [dispute] = disputes;
  if (dispute) {
    needs.push({
      key: "disputes",
      title:
        disputes.length === 1
          ? "A dispute or inquiry to answer"
          : `${disputes.length} disputes and inquiries to answer`,
      why: disputeNow(dispute, (at) => formatInstant(at, where)),
      label: "Open the list",
      path: "to-do",
    });
  }
  if (unread.length > 0) {
    needs.push({
      key: "unread",
      title: "Xero sent something that can't be read",
      why: "An invoice among it can't be paid online until it can be read.",
      label: "Open the list",
      path: "to-do",
    });
  }
  if (payouts.length > 0) {
    needs.push({
      key: "payouts",
      title: payouts.length === 1 ? "A payout needs you" : `${payouts.length} payouts need you`,
      why: "The money is at the bank or at the processor; the desk does not write it to Xero by itself.",
      label: "Open the list",
      path: "to-do",
    });
  }
  if (clearing.some(({ report }) => report && !report.isRight)) {
    needs.push({
      key: "clearing check",
      title: "The clearing account is not right",
      why: "The last check found something to see to in Xero; each cent is listed with its cause.",
      label: "Open clearing",
      path: "clearing",
    });
  }
  if (held > 0) {
    needs.push({
      key: "held",
      title: held === 1 ? "An order waits" : `${held} orders wait`,
      why: "What keeps them from Xero can be mended: the list says what it is, and where.",
      label: "Open the list",
      path: "to-do",
    });
  }
  const ofOrders = refused.filter(({ isOfOrder }) => isOfOrder).length;
  if (ofOrders > 0) {
    needs.push({
      key: "orders",
      title:
        ofOrders === 1
          ? "Xero refused a document of an order"
          : `Xero refused ${ofOrders} documents of orders`,
      why: "They are tried again by themselves; the list says what to mend.",
      label: "Open the list",
      path: "to-do",
    });
  }
  const waiting = refused.length - ofOrders + problems.length;
  if (waiting > 0) {
    needs.push({
      key: "to-do",
      title: waiting === 1 ? "A payment needs you" : `${waiting} payments need you`,
      why: "The money is safe and on record; Xero did not take it yet.",
      label: "Open the list",
      path: "to-do",
    });
  }
  needs.push(...lateNeeds(late));
  if (breaks.length > 0) {
    needs.push({
      key: "breaks",
      title:
        breaks.length === 1
          ? "Stripe, Xero and our records disagree about a payment"
          : `Stripe, Xero and our records disagree about ${breaks.length} payments`,
      why: "Nothing was changed by it. The list says what stands where, and what to do.",
      label: "Open the list",
      path: "to-do",
    });
  }
  return { now, today, where, connections, sync, testMode, needs, collected, underWay, owed, clearing };
}
