import type { Route, World } from "../core/types.ts";
import type { Account } from "./accounts.ts";
import { isActivated } from "./activation.ts";
import { type ApiHandler, api } from "./api.ts";
import { noAccess } from "./wire/authentication.ts";

const OPENED = Date.UTC(2026, 0, 5) / 1000;

function show(world: World, account: Account): object {
  const activity = isActivated(world, account) ? "active" : "inactive";
  return {
    id: account.shownId,
    object: "account",
    business_profile: {
      mcc: "8931",
      minority_owned_business_designation: null,
      name: account.name,
      product_description: null,
      specified_commercial_transactions_act_url: null,
      support_address: null,
      support_email: account.email,
      support_phone: null,
      support_url: null,
      url: null,
    },
    business_type: "company",
    capabilities: { card_payments: activity, transfers: activity },
    charges_enabled: isActivated(world, account),
    controller: { type: "account" },
    country: account.country,
    created: OPENED,
    default_currency: account.currency,
    details_submitted: isActivated(world, account),
    email: account.email,
    metadata: {},
    payouts_enabled: isActivated(world, account),
    settings: {
      branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
      card_payments: {
        statement_descriptor_prefix: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
      dashboard: { display_name: account.name, timezone: "Etc/UTC" },
      payments: {
        statement_descriptor: account.name.toUpperCase().slice(0, 22),
        statement_descriptor_kana: null,
        statement_descriptor_kanji: null,
        statement_descriptor_prefix_kana: null,
        statement_descriptor_prefix_kanji: null,
      },
    },
    type: "standard",
  };
}

const retrieve: ApiHandler = ({ world, account, id, params }) => {
  params.done();
  if (id === "" || id === account.shownId) return show(world, account);
  throw noAccess(id);
};

export const accountRoutes: Route[] = [
  api("GET", "/v1/account", retrieve),
  api("GET", "/v1/accounts/:id", retrieve),
];
