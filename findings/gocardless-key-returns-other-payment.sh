#!/usr/bin/env bash
# gocardless-nodejs answers "create a payment of 25.00" with an older payment of 10.00, and calls it a success.
#
# Package:   gocardless-nodejs 10.1.2, with its default options
# Expected:  an idempotency key that was used before, for *another* amount and mandate, is an error, as it is with
#            Stripe. The client does know GoCardless's answer to it: 409, idempotent_creation_conflict, with the id of
#            what the key made.
# Instead:   the client swallows the 409, fetches the older payment by that id and resolves with it. The caller holds a
#            payment of another amount, for another mandate; the one asked for does not exist. The one trace is
#            __response__.statusCode: 200, not 201.
# Documented: half. The README has an option raiseOnIdempotencyConflict, false by default, to raise errors; that the
#            client answers with the older resource instead, whatever its contents, it does not say.
# Bites:     keys made from an invoice's number: the invoice is edited, or a second part is collected, and the first
#            amount is recorded twice while the second is never collected.
# The server here is a stand-in that answers as the client expects of GoCardless; GoCardless itself was not asked.
#
# Seen on 2026-11-30:
#   asked 1000 of MD0001  got PM0001 1000 of MD0001  HTTP 201
#   asked 2500 of MD0002  got PM0001 1000 of MD0001  HTTP 200
#   asked 2500 of MD0002  IdempotentCreationConflictError (raiseOnIdempotencyConflict: true)
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts gocardless-nodejs@10.1.2 >/dev/null

cat >"$work/show.mjs" <<'JS'
import http from "node:http";
import gocardless, { Environments } from "gocardless-nodejs";

/** Payments by idempotency key, as GoCardless keeps them. */
const made = new Map();

const server = http.createServer((request, response) => {
  let text = "";
  request.on("data", (part) => (text += part));
  request.on("end", () => {
    const [status, body] = answer(request, text);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
});

function answer({ method, url, headers }, text) {
  if (method === "GET") return [200, { payments: [...made.values()].find(({ id }) => url.endsWith(id)) }];
  const key = headers["idempotency-key"];
  const before = made.get(key);
  if (before) return [409, conflict(before.id)];
  const payment = { id: `PM000${made.size + 1}`, ...JSON.parse(text).payments };
  made.set(key, payment);
  return [201, { payments: payment }];
}

function conflict(id) {
  const message = "This key has made a resource before";
  const errors = [{ reason: "idempotent_creation_conflict", message, links: { conflicting_resource_id: id } }];
  return { error: { type: "invalid_state", code: 409, message, errors, request_id: "0001" } };
}

async function create(options, amount, mandate) {
  const client = gocardless("token", Environments.Sandbox, options);
  client._api._baseUrl = `http://127.0.0.1:${server.address().port}`; // there is no option for it
  const asked = `asked ${amount} of ${mandate}`;
  try {
    const got = await client.payments.create({ amount, currency: "AUD", links: { mandate } }, "INV-2009");
    return `${asked}  got ${got.id} ${got.amount} of ${got.links.mandate}  HTTP ${got.__response__.statusCode}`;
  } catch (error) {
    return `${asked}  ${error.constructor.name} (raiseOnIdempotencyConflict: true)`;
  }
}

server.listen(0, "127.0.0.1", async () => {
  const seen = [
    await create({}, 1000, "MD0001"),
    await create({}, 2500, "MD0002"),
    await create({ raiseOnIdempotencyConflict: true }, 2500, "MD0002"),
  ];
  server.close();
  for (const line of seen) console.log(line);
  const before = [
    "asked 1000 of MD0001  got PM0001 1000 of MD0001  HTTP 201",
    "asked 2500 of MD0002  got PM0001 1000 of MD0001  HTTP 200",
    "asked 2500 of MD0002  IdempotentCreationConflictError (raiseOnIdempotencyConflict: true)",
  ];
  if (seen.join("\n") !== before.join("\n")) {
    console.error("The behaviour has changed.");
    process.exitCode = 1;
  }
});
JS
node "$work/show.mjs"
