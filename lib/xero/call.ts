import "server-only";
import type { Db } from "#lib/core/db.ts";
import { xeroApi } from "./api/client.ts";
import { AccessTokenRefused } from "./api/faults.ts";
import { callSdk, type Question, type Send } from "./api/sdk.ts";
import type { Purpose } from "./api/types.ts";
import type { XeroApi } from "./api/xero-api.ts";
import { XeroFault } from "./api/xero-fault.ts";
import { stopsPayments } from "./apps/scopes.ts";
import { governed, HeldBack, remember } from "./budget/governor.ts";
import { inSlot } from "./budget/slots.ts";
import { listXeroConnections } from "./consent/xero-connections.ts";
import { getLine, type Line, noteContact, noteUnreachable } from "./organisations/connections.ts";
import { recordState } from "./organisations/record-state.ts";
import { verifyOrganisation } from "./organisations/verify-organisation.ts";
import type { Answer } from "./rows/answer.ts";
import type { ListName } from "./rows/answer-lists.ts";
import { freshAccessToken } from "./tokens/refresh.ts";

/**
 * Runs work with a connection's organisation. Each call in it waits for a slot, keeps to what Xero still allows this
 * purpose, gets a living token, and leaves what it learnt on the connection. `db` must not be in a transaction. Throws
 * XeroFault; a connection that only a person can mend throws without asking Xero. `mayBegin` is called right before each
 * request leaves, after all waiting: what it throws ends the work, and that request was not made. Before the first
 * write after any change of the connection the organisation itself is compared (organisations/verify-organisation.ts).
 */
export async function withXero<T>(
  db: Db,
  connectionId: string,
  purpose: Purpose,
  work: (xero: XeroApi) => Promise<T>,
  mayBegin: () => void = () => {},
): Promise<T> {
  const line = await getLine(db, connectionId);
  if (!line || line.ended) throw new XeroFault({ kind: "disconnected" });
  if (line.grantState === "needs_reconnect") throw new XeroFault({ kind: "needs_reconnect" });
  if (line.state === "disconnected" || line.state === "organisation_gone")
    throw new XeroFault({ kind: "disconnected" });
  const xero = xeroApi(line.tenantId, sender(db, line, purpose, mayBegin));
  if (purpose === "write" || purpose === "order") await verifyOrganisation(db, line, xero);
  return work(xero);
}

function sender(db: Db, line: Line, purpose: Purpose, mayBegin: () => void): Send {
  return (scope, list, run) =>
    inSlot(`${line.appId} ${line.tenantId}`, purpose, async () => {
      try {
        const answer = await withToken(db, { line, purpose, mayBegin }, { scope, list, run });
        await remember(() => noteSuccess(db, line, scope));
        return answer;
      } catch (error) {
        const fault = error instanceof AccessTokenRefused ? stillRefused() : error;
        if (fault instanceof XeroFault && !(fault instanceof HeldBack))
          await remember(() => noteFault(db, line, fault));
        throw fault;
      }
    });
}

type Call = { line: Line; purpose: Purpose; mayBegin: () => void };

/** A 401 means that nothing was done, so the same call may go again, once, with another token. */
async function withToken<L extends ListName>(
  db: Db,
  { line, purpose, mayBegin }: Call,
  question: Question<L>,
): Promise<Answer<L>> {
  const ask = (accessToken: string) =>
    governed(db, { line, purpose }, (observe) => {
      mayBegin();
      return callSdk({ accessToken, observe }, question);
    });
  const accessToken = await freshAccessToken(db, line.grantId);
  try {
    return await ask(accessToken);
  } catch (error) {
    if (!(error instanceof AccessTokenRefused)) throw error;
    return await ask(await freshAccessToken(db, line.grantId, accessToken));
  }
}

async function noteSuccess(db: Db, line: Line, scope: string): Promise<void> {
  await noteContact(db, line.connectionId);
  if (line.state === "missing_scope" && line.stateReason === scope) {
    await recordState(db, line, { state: "healthy", reason: null });
  }
}

async function noteFault(db: Db, line: Line, { fault }: XeroFault): Promise<void> {
  switch (fault.kind) {
    case "offline":
    case "no_answer":
    case "unreadable":
      return noteUnreachable(db, line.connectionId);
    case "missing_scope": {
      await noteContact(db, line.connectionId);
      const stopped = line.state === "missing_scope" && stopsPayments(line.stateReason ?? "");
      // Payers are kept out by the scope that is named: one that payments do without must not take its place.
      if (stopped && !stopsPayments(fault.scope ?? "")) return;
      return recordState(db, line, { state: "missing_scope", reason: fault.scope ?? null });
    }
    case "disconnected":
      await noteContact(db, line.connectionId);
      return noteDisconnected(db, line);
    case "limited":
    case "refused":
    case "not_found":
      return noteContact(db, line.connectionId);
    case "needs_reconnect":
      return;
  }
}

/** A 403 may have other reasons: Xero's own list of connections decides, before anything is said to a person. */
async function noteDisconnected(db: Db, line: Line): Promise<void> {
  const links = await listXeroConnections(await freshAccessToken(db, line.grantId));
  const listed = links.some(({ tenantId }) => tenantId === line.tenantId);
  await recordState(
    db,
    line,
    listed
      ? { state: "organisation_gone", reason: line.isDemo ? "demo_reset" : "xero_forbids" }
      : { state: "disconnected", reason: "disconnected_in_xero" },
  );
}

/** Xero refuses even a token it has just made: nothing was written, and a new consent would not help. */
function stillRefused(): XeroFault {
  return new XeroFault({ kind: "offline" }, new Error("HTTP 401 with a new token"));
}
