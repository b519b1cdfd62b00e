import type Stripe from "stripe";
import type { Route } from "../../core/types.ts";
import { type ApiHandler, api, type Call } from "../api.ts";
import { stripeSeconds } from "../clock.ts";
import { deleteObject, getObject, insertObject, listObjects, saveObject } from "../objects.ts";
import { invalid, noSuch } from "../wire/errors.ts";
import { newId } from "../wire/ids.ts";
import { listPage } from "../wire/lists.ts";
import type { Params } from "../wire/params.ts";
import { newEndpointSecret } from "./endpoint-secrets.ts";

type Endpoint = Stripe.WebhookEndpoint;

const MOST = 16;
const PRIVATE_HOST =
  /^(localhost|.*\.(localhost|local|internal|test|lan)|0\.|10\.|127\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|\[)/;

/** Stripe takes public addresses only; on one machine the way is `stripe listen` (POST /control/stripe/listen). */
function checkUrl(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw invalid("Invalid URL: An explicit scheme (such as https) must be provided.", "url_invalid", "url");
  }
  if (PRIVATE_HOST.test(parsed.hostname) || !parsed.hostname.includes(".")) {
    throw invalid(
      "Invalid URL: URL must be publicly accessible. Consider using a tool like the Stripe CLI to test webhooks locally.",
      "url_invalid",
      "url",
    );
  }
  return url;
}

function readEvents(params: Params): string[] {
  const events = params.texts("enabled_events");
  const wrong = events.find((name) => name !== "*" && !/^[a-z_0-9]+(\.[a-z_0-9]+)+$/.test(name));
  if (wrong) throw invalid(`Invalid enabled_events: ${wrong}`, undefined, "enabled_events");
  return events;
}

function found({ world, account, id }: Call): Endpoint {
  const endpoint = getObject<Endpoint>(world, account.id, "webhook_endpoint", id);
  if (!endpoint) throw noSuch("webhook endpoint", id);
  return endpoint;
}

const create: ApiHandler = ({ world, account, params }) => {
  const url = checkUrl(params.requiredText("url"));
  const enabled_events = readEvents(params);
  if (enabled_events.length === 0) params.missing("enabled_events");
  const endpoint: Endpoint = {
    id: newId("we_1"),
    object: "webhook_endpoint",
    api_version: params.text("api_version"),
    application: null,
    created: stripeSeconds(world),
    description: params.text("description"),
    enabled_events,
    livemode: account.livemode,
    metadata: params.metadata(),
    status: "enabled",
    url,
  };
  params.done();
  if (listObjects<Endpoint>(world, account.id, "webhook_endpoint").length >= MOST) {
    throw invalid(`You have reached the maximum of ${MOST} test webhook endpoints.`);
  }
  insertObject(world, account.id, endpoint);
  world.journal.write("stripe.endpoint.created", {
    id: endpoint.id,
    account: account.id,
    url,
    enabled_events,
  });
  return { ...endpoint, secret: newEndpointSecret(world, endpoint.id) };
};

const retrieve: ApiHandler = (call) => {
  call.params.done();
  return found(call);
};

const update: ApiHandler = (call) => {
  const { world, params } = call;
  const before = found(call);
  const events = readEvents(params);
  const url = params.text("url");
  const disabled = params.oneOf("disabled", ["true", "false"]);
  const after: Endpoint = {
    ...before,
    description: params.text("description") ?? before.description,
    enabled_events: events.length > 0 ? events : before.enabled_events,
    metadata: { ...before.metadata, ...params.metadata() },
    status: disabled === null ? before.status : disabled === "true" ? "disabled" : "enabled",
    url: url === null ? before.url : checkUrl(url),
  };
  params.done();
  world.journal.write("stripe.endpoint.updated", { id: after.id, url: after.url, status: after.status });
  return saveObject(world, after);
};

const remove: ApiHandler = (call) => {
  const { id } = found(call);
  call.params.done();
  deleteObject(call.world, id);
  call.world.journal.write("stripe.endpoint.deleted", { id });
  return { id, object: "webhook_endpoint", deleted: true };
};

export const endpointRoutes: Route[] = [
  api("POST", "/v1/webhook_endpoints", create),
  api("GET", "/v1/webhook_endpoints", (call) => listPage(call, "webhook_endpoint")),
  api("GET", "/v1/webhook_endpoints/:id", retrieve),
  api("POST", "/v1/webhook_endpoints/:id", update),
  api("DELETE", "/v1/webhook_endpoints/:id", remove),
];
