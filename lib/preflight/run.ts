import { lastVisit } from "#lib/checkout/last-visit.ts";
import { dayIn } from "#lib/core/clock.ts";
import type { Db } from "#lib/core/db.ts";
import { countsNoAddress } from "#lib/core/env.ts";
import { AppError } from "#lib/core/errors.ts";
import { leastOf, mostOf, stepOf } from "#lib/core/money/currencies.ts";
import { lastAlive } from "#lib/core/restored-database.ts";
import { type FirmContext, requireAbility } from "#lib/firms/authorise.ts";
import { findFirmByPath } from "#lib/firms/read.ts";
import { testMail } from "#lib/mail/send.ts";
import { currenciesOwed, owedOutside, syncStates } from "#lib/mirror/read.ts";
import { lateOf } from "#lib/overdue/read.ts";
import { whyUnpayable } from "#lib/payments/attempts/charge-amount-rules.ts";
import { payoutPlan } from "#lib/payouts/read.ts";
import { sharesAccount } from "#lib/processor/shared.ts";
import { testProcessor } from "#lib/processor/test-account.ts";
import { testModeOf } from "#lib/processor/test-mode.ts";
import { appCapacity } from "#lib/xero/apps/app-capacity.ts";
import { askOrganisation } from "#lib/xero/organisations/ask-organisation.ts";
import { type ConnectionDetails, connectionDetailsOf } from "#lib/xero/organisations/connection-details.ts";
import type { Finding, OrganisationFacts } from "./finding.ts";
import { findingsOf } from "./findings.ts";

type Firm = { firmId: string; companyId: string };

/** What is missing for each thing the desk does, for an owner of the firm. Asks Xero and the processor now. */
export async function preflight(db: Db, firm: FirmContext, now: Date): Promise<Finding[]> {
  requireAbility(firm, "connect");
  return check(db, firm, now);
}

/** The same for who runs the desk, by the firm's path: "quickfee/demo". Throws `not_found`. */
export async function preflightOfDesk(db: Db, path: string, now: Date): Promise<Finding[]> {
  const firm = await findFirmByPath(db, path);
  if (!firm) throw new AppError("not_found", `There is no firm ${path} on this desk.`);
  return check(db, firm, now);
}

async function check(db: Db, { firmId, companyId }: Firm, now: Date): Promise<Finding[]> {
  const { live, app } = await connectionDetailsOf(db, { firmId, companyId });
  const [room, organisations, processor, testMode, shares, mailFault, alive, late] = await Promise.all([
    appCapacity(db, { firmId, companyId }),
    Promise.all(live.map((story) => factsOf(db, story, now))),
    testProcessor(db, firmId),
    testModeOf(db, firmId),
    sharesAccount(db, firmId),
    testMail(),
    lastAlive(db),
    lateOf(db, firmId),
  ]);
  const workerSecondsAgo = alive?.secondsAgo ?? null;
  return findingsOf({
    ...{ app, room, organisations, processor, testMode, mailFault, workerSecondsAgo, late },
    sharesAccount: shares,
    countsNoAddress: countsNoAddress(),
  });
}

async function factsOf(db: Db, story: ConnectionDetails, now: Date): Promise<OrganisationFacts> {
  const { connectionId, timeZone } = story;
  const [asked, owed, states, visit, payouts] = await Promise.all([
    askOrganisation(db, connectionId),
    currenciesOwed(db, connectionId),
    syncStates(db, [connectionId]),
    lastVisit(db, connectionId),
    payoutPlan(db, connectionId),
  ]);
  const readings = states.get(connectionId) ?? [];
  return {
    story,
    now: asked,
    today: dayIn(timeZone, now),
    currenciesOwed: owed,
    unpayable: await unpayableOf(db, connectionId, owed),
    firstReadingDone: readings.length > 0 && readings.every(({ backfilledAt }) => backfilledAt !== null),
    lastVisit: visit,
    payouts,
  };
}

async function unpayableOf(
  db: Db,
  connectionId: string,
  currencies: string[],
): Promise<OrganisationFacts["unpayable"]> {
  const found: OrganisationFacts["unpayable"] = [];
  for (const currency of currencies) {
    const limits = {
      leastMinor: leastOf(currency),
      mostMinor: mostOf(currency),
      stepMinor: stepOf(currency),
    };
    for (const { number, dueMinor } of await owedOutside(db, connectionId, { currency, ...limits })) {
      const because = whyUnpayable([dueMinor], currency);
      if (because && because.why !== "currency")
        found.push({ number: number ?? "", due: { minor: dueMinor, currency }, because });
    }
  }
  return found;
}
