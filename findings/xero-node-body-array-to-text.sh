#!/usr/bin/env bash
# xero-node sends a list of texts inside a JSON body as one text with commas.
#
# Packages:  xero-node 20.0.0 and 13.5.0 (the same in both)
# Expected:  workPattern, typed Array<string> in the SDK, leaves as ["Monday","Wednesday","Friday"].
#            Lists in the query (IDs, Statuses) are known to be joined by commas; a body is JSON and has arrays.
# Instead:   the body says "workPattern":"Monday,Wednesday,Friday". A list of numbers in a body (numberOfUnits) stays
#            a list. The SDK reads workPattern back as a list, so what was read can't be written again unchanged.
#            No error, no warning. (What Xero does with such a body was not run.)
# Documented: no. The types say Array<string>, the README has nothing on it.
# Bites:     who writes UK payroll (statutory sick leave) to Xero by the SDK, or sends back what was read.
#
# Seen on 2026-11-30:
#   xero-node 20.0.0  list of texts   sent  "Monday,Wednesday,Friday"
#   xero-node 20.0.0  list of texts   read  ["Monday","Wednesday","Friday"]
#   xero-node 20.0.0  list of numbers sent  [7.6,7.6,0,7.6,7.6,0,0]
#   xero-node 13.5.0  the same three
set -euo pipefail

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
npm install --prefix "$work" --silent --no-audit --no-fund --ignore-scripts \
  xero-node-20@npm:xero-node@20.0.0 xero-node-13@npm:xero-node@13.5.0 >/dev/null

cat >"$work/show.cjs" <<'JS'
const http = require("node:http");

/** A stand-in for Xero's payroll: keeps the last body, answers one sick leave, or nothing to a timesheet. */
const days = ["Monday", "Wednesday", "Friday"];
let sent;
const server = http.createServer((request, response) => {
  let text = "";
  request.on("data", (part) => (text += part));
  request.on("end", () => {
    sent = JSON.parse(text);
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify(
        request.url.includes("/Timesheets")
          ? { Timesheets: [] }
          : { statutorySickLeave: { statutoryLeaveID: "0a1b2c3d-0000-4000-8000-000000000003", workPattern: days } },
      ),
    );
  });
});

async function look(version, { PayrollUkApi, PayrollAuApi }) {
  const here = `http://127.0.0.1:${server.address().port}`;
  const uk = new PayrollUkApi();
  uk.basePath = `${here}/payroll.xro/2.0`;
  uk.accessToken = "token";
  const { body } = await uk.createEmployeeStatutorySickLeave("tenant", {
    employeeID: "0a1b2c3d-0000-4000-8000-000000000001",
    leaveTypeID: "0a1b2c3d-0000-4000-8000-000000000002",
    startDate: "2026-11-30",
    endDate: "2026-12-04",
    isPregnancyRelated: false,
    sufficientNotice: true,
    workPattern: days,
  });
  const textsSent = sent.workPattern;

  const au = new PayrollAuApi();
  au.basePath = `${here}/payroll.xro/1.0`;
  au.accessToken = "token";
  await au.createTimesheet("tenant", [
    {
      employeeID: "0a1b2c3d-0000-4000-8000-000000000001",
      startDate: "2026-11-30",
      endDate: "2026-12-06",
      timesheetLines: [{ numberOfUnits: [7.6, 7.6, 0, 7.6, 7.6, 0, 0] }],
    },
  ]);
  const seen = {
    "list of texts   sent": textsSent,
    "list of texts   read": body.statutorySickLeave.workPattern,
    "list of numbers sent": sent[0].TimesheetLines[0].NumberOfUnits,
  };
  for (const [what, value] of Object.entries(seen)) {
    console.log(`xero-node ${version}  ${what}  ${JSON.stringify(value)}`);
  }
  return JSON.stringify(Object.values(seen)) ===
    JSON.stringify(["Monday,Wednesday,Friday", days, [7.6, 7.6, 0, 7.6, 7.6, 0, 0]]);
}

server.listen(0, "127.0.0.1", async () => {
  const same = [await look("20.0.0", require("xero-node-20")), await look("13.5.0", require("xero-node-13"))];
  server.close();
  if (!same.every(Boolean)) {
    console.error("The behaviour has changed.");
    process.exitCode = 1;
  }
});
JS
node "$work/show.cjs"
