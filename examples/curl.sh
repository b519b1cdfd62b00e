#!/bin/sh
# Orders by the API, with curl alone: a dry run, an order, what became of it, and a batch.
#   COUNTERFOIL_URL=https://pay.example.com/api/v1 COUNTERFOIL_KEY=cfk_… sh examples/curl.sh W-10234
# Run it with a key of a test organisation: the orders become invoices.
set -eu
: "${COUNTERFOIL_URL:?the address of the API}" "${COUNTERFOIL_KEY:?a key with the scope orders:write}"
number=${1:?the number of a new order}

# Answers that are problems (RFC 9457) are shown, too; then the script ends.
call() {
  path=$1
  shift
  curl --silent --show-error --fail-with-body "$COUNTERFOIL_URL$path" \
    -H "Authorization: Bearer $COUNTERFOIL_KEY" -H "Content-Type: application/json" "$@"
  echo
}

order() {
  cat << END
{
  "source": "till",
  "number": "$1",
  "currency": "AUD",
  "amounts": "exclusive",
  "buyer": { "person": { "name": "Robin Vale", "email": "robin@example.com" } },
  "lines": [{ "kind": "Hire", "description": "Scaffold tower, 3 days", "quantity": "3", "unitPrice": "40.00" }],
  "total": "132.00"
}
END
}

echo "What would become of it:"
call "/orders?dryRun=true" --data "$(order "$number")"

echo "Sent, and waited for at most ten seconds. Sent again it would be the same order:"
call "/orders" -H "Prefer: wait=10" --data "$(order "$number")"

echo "What became of it:"
call "/orders?source=till&number=$number"

echo "A batch, each order with an outcome of its own:"
call "/orders/batch" --data "{ \"orders\": [$(order "$number"), $(order "$number-2")] }"
