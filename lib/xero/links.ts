import "server-only";
import { z } from "zod";
import { endpoints } from "./endpoints.ts";
import { AccessTokenRefused, faultOf } from "./faults.ts";
import { XeroFault } from "./types.ts";

/** Xero's own "connection": an organisation that a user has tied to our app. */
export type XeroLink = { id: string; tenantId: string; name: string; updatedAt: Date };

const shape = z.array(
  z.object({
    id: z.string().min(1),
    tenantId: z.string().min(1),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
    updatedDateUtc: z.string(),
  }),
);

const TIMEOUT_MS = 10_000;

/**
 * The organisations that this token's user has tied to the app, of one consent when `authEventId` is given. Practices
 * and the like are left out. Throws XeroFault.
 */
export async function listLinks(accessToken: string, authEventId?: string): Promise<XeroLink[]> {
  const url = new URL(endpoints().connections);
  if (authEventId) url.searchParams.set("authEventId", authEventId);
  const answer = await send(url, { method: "GET", accessToken });
  return shape
    .parse(await answer.json())
    .filter(({ tenantType }) => tenantType === "ORGANISATION")
    .map(({ id, tenantId, tenantName, updatedDateUtc }) => ({
      id,
      tenantId,
      name: tenantName || "Unnamed organisation",
      updatedAt: utc(updatedDateUtc),
    }));
}

/** Unties the organisation from our app at Xero; it being gone already is as good. Throws XeroFault. */
export async function deleteLink(accessToken: string, id: string): Promise<void> {
  try {
    await send(new URL(`${endpoints().connections}/${encodeURIComponent(id)}`), {
      method: "DELETE",
      accessToken,
    });
  } catch (error) {
    if (!(error instanceof XeroFault && error.fault.kind === "not_found")) throw error;
  }
}

async function send(
  url: URL,
  { method, accessToken }: { method: string; accessToken: string },
): Promise<Response> {
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new XeroFault({ kind: "no_answer" });
  }
  if (answer.ok) return answer;
  const fault = faultOf(
    { status: answer.status, headers: Object.fromEntries(answer.headers), body: null },
    { sent: true },
  );
  throw fault instanceof AccessTokenRefused ? new XeroFault({ kind: "needs_reconnect" }) : fault;
}

/** Xero writes seven decimals and no zone; it means UTC. */
function utc(text: string): Date {
  return new Date(`${text.slice(0, 23)}Z`);
}
