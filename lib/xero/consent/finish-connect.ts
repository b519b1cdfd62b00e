import "server-only";
import type { Db } from "#lib/core/db.ts";
import { AppError } from "#lib/core/errors.ts";
import { log } from "#lib/core/log.ts";
import { type FirmCaller, type FirmContext, requireAbility, requireFirm } from "#lib/firms/authorise.ts";
import { recordBy } from "#lib/firms/record-by.ts";
import type { Actor } from "#lib/people/actor.ts";
import { XeroFault } from "../api/xero-fault.ts";
import { credentialsOf } from "../apps/apps.ts";
import { connectionsOfTenants, holdersOf, requireLive } from "../organisations/connections.ts";
import { forgetUnusedTokens, lockGrantOf, saveTokens } from "../tokens/grants.ts";
import { freshAccessToken } from "../tokens/refresh.ts";
import { connectOrganisation, noteElsewhere, type Tied } from "./connect-organisation.ts";
import {
  finishFlow,
  firmOfFlow,
  getOffer,
  holdGrant,
  offerCandidates,
  type TakenFlow,
  takeFlow,
} from "./flows.ts";
import { IdentityRefusal } from "./identity-faults.ts";
import { type Consent, exchangeCode } from "./oauth.ts";
import { candidatesOf, offerOf } from "./organisation-candidates.ts";
import { deleteXeroConnection, listXeroConnections, type XeroConnection } from "./xero-connections.ts";

/** Why a Connect came to nothing; nothing was stored then. Each has its sentence on the connections page. */
export type ConnectRefusal =
  | "cancelled"
  | "state"
  | "answer"
  | "xero_refused"
  | "app_refused"
  | "clock"
  | "no_answer"
  | "no_organisation"
  | "practice"
  | "taken"
  | "other_organisation"
  | "unreadable";

export type ConnectOutcome =
  | { kind: "connected"; firm: FirmContext; again: boolean }
  | { kind: "choose"; firm: FirmContext; flowId: string }
  | { kind: "refused"; firm: FirmContext | null; why: ConnectRefusal };

/** What Xero sent the browser back with. */
export type CallbackQuery = {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
};

type Caller = { actor: Actor; ip: string | null };
type FlowCaller = FirmCaller & { flowId: string };

/**
 * The browser is back from Xero. The flow is taken before anything is asked of Xero, so a replayed, foreign or late
 * answer costs no token request. Never throws for what Xero or the browser sent: each case is an outcome.
 */
export async function finishConnect(
  db: Db,
  { actor, ip }: Caller,
  query: CallbackQuery,
): Promise<ConnectOutcome> {
  const flow = query.state ? await takeFlow(db, query.state, actor) : undefined;
  if (!flow) {
    const firmId = query.state ? await firmOfFlow(db, query.state, actor.userId) : undefined;
    return { kind: "refused", firm: firmId ? await firmOrNull(db, actor, firmId) : null, why: "state" };
  }
  const firm = await firmOrNull(db, actor, flow.firmId);
  if (!firm) return { kind: "refused", firm: null, why: "state" };

  const at = { actor, ip, firm, flowId: flow.flowId };
  const outcome = await finishTaken(db, at, flow, query);
  await close(db, at, outcome);
  return outcome;
}

async function finishTaken(
  db: Db,
  at: FlowCaller,
  flow: TakenFlow,
  query: CallbackQuery,
): Promise<ConnectOutcome> {
  const { firm } = at;
  const refuse = (why: ConnectRefusal): ConnectOutcome => ({ kind: "refused", firm, why });
  if (query.error) return refuse(query.error === "access_denied" ? "cancelled" : "xero_refused");
  if (!query.code) return refuse("answer");

  try {
    const consent = await exchangeCode(
      await credentialsOf(db, flow.appId),
      { code: query.code },
      flow.secrets,
    );
    const grantId = await keepGrant(db, flow, consent);
    const { accessToken } = consent.tokens;
    const { candidates, since } = await candidatesIn(consent, flow);
    const offer = await offerFor(db, at, flow, candidates);
    const isRefused = typeof offer === "string";
    const links = candidates.filter((one) => one.createdAt >= since && (isRefused || !one.isOrganisation));
    await removeStrays(db, flow, { accessToken, links });
    if (isRefused) return refuse(offer);
    const [link, ...others] = offer;
    if (link && others.length === 0)
      return asOutcome(firm, await connectOrganisation(db, at, { grantId, link, accessToken }));
    await offerCandidates(db, flow.flowId, offer);
    return { kind: "choose", firm, flowId: flow.flowId };
  } catch (error) {
    return refuse(whyOf(error));
  }
}

/** What of it this firm may have: the organisation it renews, or what no other firm has. */
async function offerFor(
  db: Db,
  { firm }: FlowCaller,
  { connectionId }: TakenFlow,
  candidates: XeroConnection[],
): Promise<ReturnType<typeof offerOf>> {
  const renews = connectionId && (await requireLive(db, firm, connectionId)).tenantId;
  const tenantIds = candidates.map(({ tenantId }) => tenantId);
  const others = (await holdersOf(db, tenantIds)).filter(({ firmId }) => firmId !== firm.firmId);
  for (const holder of candidates.length === 1 && !renews ? others : []) await noteElsewhere(db, holder);
  return offerOf(candidates, { renews, elsewhere: others.map(({ tenantId }) => tenantId) });
}

/** What is of no use must not stay at Xero, where it counts against the app's connections: a consent that was refused, a practice. */
async function removeStrays(
  db: Db,
  { appId }: TakenFlow,
  { accessToken, links }: { accessToken: string; links: XeroConnection[] },
): Promise<void> {
  if (links.length === 0) return;
  const tenantIds = links.map(({ tenantId }) => tenantId);
  const used = await connectionsOfTenants(db, { appId, tenantIds });
  for (const link of links.filter(({ tenantId }) => !used.some((one) => one.tenantId === tenantId))) {
    try {
      await deleteXeroConnection(accessToken, link.id);
    } catch (error) {
      if (!(error instanceof XeroFault)) throw error;
      log.warn({ fault: error.fault.kind }, "xero.stray-link-kept");
    }
  }
}

/** The person picked one of several: only what we offered to them counts, once. */
export async function pickOrganisation(
  db: Db,
  caller: FirmCaller,
  { flowId, tenantId }: { flowId: string; tenantId: string },
): Promise<ConnectOutcome> {
  const { actor, firm } = caller;
  requireAbility(firm, "connect");
  const offer = await getOffer(db, { ...actor, flowId, firmId: firm.firmId });
  const link = offer?.offered.find((offered) => offered.tenantId === tenantId);
  if (!offer || !link) return { kind: "refused", firm, why: "state" };
  let outcome: ConnectOutcome;
  try {
    const accessToken = await freshAccessToken(db, offer.grantId);
    outcome = asOutcome(
      firm,
      await connectOrganisation(db, caller, { grantId: offer.grantId, link, accessToken }),
    );
  } catch (error) {
    outcome = { kind: "refused", firm, why: whyOf(error) };
  }
  await close(db, { ...caller, flowId }, outcome);
  return outcome;
}

function asOutcome(firm: FirmContext, tied: Tied): ConnectOutcome {
  return tied.kind === "tied"
    ? { kind: "connected", firm, again: tied.again }
    : { kind: "refused", firm, why: tied.why };
}

/** Tokens are kept for a connection, or while the person still picks; else they go with the flow. */
async function close(db: Db, at: FlowCaller, outcome: ConnectOutcome): Promise<void> {
  if (outcome.kind === "choose") return;
  await db.transaction(async (tx) => {
    const grantId = await finishFlow(tx, at.flowId);
    if (grantId) await forgetUnusedTokens(tx, grantId);
    if (outcome.kind === "refused") await noteRefusal(tx, at, outcome.why);
  });
}

/** Waits for a refresh of the same grant to end: of two token pairs the later one counts, the other stays as fallback. */
async function keepGrant(db: Db, flow: TakenFlow, { tokens, claims, email }: Consent): Promise<string> {
  return db.transaction(async (tx) => {
    const held = await lockGrantOf(tx, { appId: flow.appId, xeroUserId: claims.xeroUserId, email });
    await saveTokens(tx, held.id, tokens, held.tokens?.refreshToken ?? null);
    await holdGrant(tx, flow.flowId, held.id);
    return held.id;
  });
}

/** Instants are compared by Xero's clock alone: when its token was made, less the time the person took. */
async function candidatesIn(
  { tokens, claims }: Consent,
  { ageMs }: TakenFlow,
): Promise<{ candidates: XeroConnection[]; since: Date }> {
  const since = new Date(claims.issuedAt.getTime() - ageMs);
  const all = await listXeroConnections(tokens.accessToken);
  return { candidates: candidatesOf(all, { authEventId: claims.authEventId, since }), since };
}

function whyOf(error: unknown): ConnectRefusal {
  if (error instanceof IdentityRefusal) {
    if (error.code === "clock") return "clock";
    if (error.code === "untrusted") return "answer";
    return error.code === "invalid_client" || error.code === "unauthorized_client"
      ? "app_refused"
      : "xero_refused";
  }
  if (error instanceof XeroFault) return "no_answer";
  log.error({ reason: error instanceof Error ? error.message : "unknown" }, "xero.connect-failed");
  return "unreadable";
}

async function firmOrNull(db: Db, actor: Actor, firmId: string): Promise<FirmContext | null> {
  try {
    return await requireFirm(db, actor, firmId, "connect");
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

async function noteRefusal(tx: Db, at: FirmCaller, why: ConnectRefusal): Promise<void> {
  await recordBy(tx, at, {
    action: "connection.refused",
    subject: `firm:${at.firm.firmId}`,
    detail: { why },
  });
}
