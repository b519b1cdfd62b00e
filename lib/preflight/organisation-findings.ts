import { formatMoney } from "#lib/core/money/money.ts";
import { whyUnpayable } from "#lib/payments/attempts/charge-amount-rules.ts";
import { unpayableInWords } from "#lib/payments/attempts/unpayable-words.ts";
import {
  blockedWithout,
  covers,
  missingBookScopes,
  ORDER_SCOPES,
  scopeInWords,
} from "#lib/xero/apps/scopes.ts";
import type { OrganisationNow } from "#lib/xero/organisations/ask-organisation.ts";
import { clearingRefusalInWords, refuseClearing } from "#lib/xero/organisations/clearing-account-rules.ts";
import type { ConnectionDetails } from "#lib/xero/organisations/connection-details.ts";
import { healthInWords } from "#lib/xero/organisations/connection-words.ts";
import { desk, type Finding, type Fix, type OrganisationFacts, says } from "./finding.ts";

const atXero = ({ shortCode }: ConnectionDetails, label: string): Fix => ({
  where: "xero",
  shortCode,
  label,
});

/** What one organisation lacks, and what it has. */
export function ofOrganisation(facts: OrganisationFacts): Finding[] {
  const { story, now } = facts;
  const found = [ofHealth(story), ...ofScopes(story), ofLink(facts), ofReading(facts), ...ofUnpayable(facts)];
  if (typeof now === "string")
    return [...found, says("write")("unsure", `${story.organisationName} could not be asked. ${now}`)];
  return [
    ...found,
    ofClearing(story, now),
    ofCurrencies(facts, now),
    ofPayouts(facts, now),
    ofLock(facts, now),
  ];
}

function ofHealth(story: ConnectionDetails): Finding {
  const { tone, word, sentence, cure } = healthInWords(story);
  const state = tone === "ok" ? "ok" : tone === "warn" ? "unsure" : "fault";
  const fix = cure ? desk("connections", "Open connections") : null;
  return says("connect")(state, `${story.organisationName}: ${word}. ${sentence}`, fix);
}

function ofScopes(story: ConnectionDetails): Finding[] {
  const finding = (state: "fault" | "unsure") => (scope: string) => {
    const text = `${story.organisationName}: the scope ${scope} is missing (“${scopeInWords(scope)}”): ${blockedWithout(scope)}.`;
    return says("connect")(state, text, desk("connections", "Reconnect"));
  };
  // Those of orders alone: whoever has none lacks nothing.
  const forOrders = ORDER_SCOPES.filter((scope) => !covers(story.scopes, scope));
  return [...missingBookScopes(story.scopes).map(finding("fault")), ...forOrders.map(finding("unsure"))];
}

function ofClearing(story: ConnectionDetails, { accounts }: OrganisationNow): Finding {
  const name = story.organisationName;
  const say = says("pay");
  const choose = desk("settings/payment-link#clearing-account", "Choose the account");
  if (!story.clearing)
    return say("fault", `${name}: no clearing account is chosen, so nobody can pay by link.`, choose);
  const account = accounts.find(({ accountId }) => accountId === story.clearing?.accountId);
  if (!account)
    return say("fault", `${name}: the clearing account ${story.clearing.name} is no longer in Xero.`, choose);
  const refusal = refuseClearing(account, story.baseCurrency);
  if (refusal)
    return say("fault", `${name}: ${clearingRefusalInWords(refusal, account, story.baseCurrency)}`, choose);
  return say("ok", `${name}: the clearing account ${account.name} takes payments.`);
}

/** What clients owe and can't pay by link, whatever they try: they are told so there, and ask the firm. */
function ofUnpayable({ story, currenciesOwed, unpayable }: OrganisationFacts): Finding[] {
  const say = says("pay");
  const name = story.organisationName;
  const never = currenciesOwed.filter((currency) => whyUnpayable([0n], currency)?.why === "currency");
  return [
    ...never.map((currency) => {
      const text = `${name}: clients owe in ${currency}, in which no online payment can be made. Agree with them on another way to pay.`;
      return say("unsure", text);
    }),
    ...unpayable.map(({ number, due, because }) => {
      const text = `${name}: ${number} can't be paid online by itself (${formatMoney(due)}). ${unpayableInWords(because, due.currency)}`;
      return say("unsure", text);
    }),
  ];
}

function ofCurrencies({ story, currenciesOwed }: OrganisationFacts, now: OrganisationNow): Finding {
  const name = story.organisationName;
  const say = says("write");
  const foreign = currenciesOwed.filter((code) => code !== story.baseCurrency);
  const gone = foreign.filter((code) => !now.currencies.includes(code)).join(", ");
  if (gone) {
    const text = `${name}: clients owe in ${gone}, which the organisation is not subscribed to. Xero would refuse those payments.`;
    return say("fault", text, atXero(story, "Open currencies in Xero"));
  }
  const denied = now.actions.some(
    (action) => action.name === "UseMulticurrency" && action.status !== "ALLOWED",
  );
  if (foreign.length > 0 && denied) {
    const text = `${name}: clients owe in ${foreign.join(", ")}, and the user who consented may not use several currencies (UseMulticurrency). Reconnect as a user who may.`;
    return say("fault", text, desk("connections", "Reconnect"));
  }
  return say("ok", `${name}: payments in ${[story.baseCurrency, ...foreign].join(", ")} can be written.`);
}

function ofPayouts({ story, payouts }: OrganisationFacts, { accounts }: OrganisationNow): Finding {
  const name = story.organisationName;
  const say = says("write");
  const fix = desk("settings/payouts", "Set up payouts");
  if (!payouts) {
    const text = `${name}: nobody has said where payouts arrive, so fees and transfers are entered by hand.`;
    return say("unsure", text, fix);
  }
  const clearing = accounts.find(({ accountId }) => accountId === story.clearing?.accountId);
  if (clearing?.type !== "BANK") {
    const text = `${name}: the clearing account is not a bank account in Xero, so no payout can be written. Choose another, or enter them by hand.`;
    return say("fault", text, desk("settings/payment-link#clearing-account", "Choose the account"));
  }
  if (payouts.bankAccountId === clearing.accountId) {
    const text = `${name}: payouts arrive on the clearing account itself, so nothing there can be told apart. Choose another clearing account.`;
    return say("fault", text, desk("settings/payment-link#clearing-account", "Choose the account"));
  }
  const isThere = (status: string) => status === "ACTIVE";
  const bank = accounts.some((one) => one.accountId === payouts.bankAccountId && isThere(one.status));
  const fees = accounts.some((one) => one.code === payouts.feeAccountCode && isThere(one.status));
  if (!bank || !fees) {
    const gone = bank ? `the fees' account ${payouts.feeAccountCode}` : payouts.bankAccountName;
    return say("fault", `${name}: ${gone} is no longer in use in Xero, so payouts are refused.`, fix);
  }
  return say("ok", `${name}: payouts are written to ${payouts.bankAccountName}.`);
}

function ofLock({ story, today }: OrganisationFacts, { organisation }: OrganisationNow): Finding {
  const { lockedUntil } = organisation;
  const say = says("write");
  if (lockedUntil === null || lockedUntil < today)
    return say("ok", `${story.organisationName}: no lock date stands in the way of today.`);
  const text = `${story.organisationName}: its books are locked up to ${lockedUntil}, so Xero refuses payments of today. Move the lock date back.`;
  return say("fault", text, atXero(story, "Open lock dates in Xero"));
}

function ofLink({ story, now, lastVisit }: OrganisationFacts): Finding {
  const name = story.organisationName;
  const say = says("pay");
  if (lastVisit)
    return say("ok", `${name}: a client last came by a pay link on ${lastVisit.toISOString().slice(0, 10)}.`);
  const themes = typeof now === "string" || now.themes.length === 0 ? "" : ` (${now.themes.join(", ")})`;
  const text = `${name}: no client has come by a pay link yet. Xero does not tell us what is on its branding themes${themes}: look whether our payment URL is.`;
  return say("unsure", text, desk("settings/payment-link", "See the payment URL"));
}

function ofReading({ story, firstReadingDone }: OrganisationFacts): Finding {
  const name = story.organisationName;
  const say = says("fresh");
  const open = desk("connections", "Open connections");
  if (!firstReadingDone)
    return say("unsure", `${name}: its books are still being read for the first time.`, open);
  if (!story.autoSync)
    return say("unsure", `${name}: automatic reading is off, so new invoices can't be paid by link.`, open);
  return say("ok", `${name}: its books are read automatically.`);
}
