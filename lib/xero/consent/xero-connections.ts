import "server-only";
import { z } from "zod";
import { endpoints } from "../api/endpoints.ts";
import { AccessTokenRefused, faultOf } from "../api/faults.ts";
import { XeroFault } from "../api/xero-fault.ts";

/** Xero's own "connection": an organisation, or an adviser's practice, that a user has tied to our app. */
export type XeroConnection = {
  id: string;
  tenantId: string;
  name: string;
  /** False for a practice and the like: it has no books. */
  isOrganisation: boolean;
  /** The consent that first tied it. */
  authEventId: string | null;
  createdAt: Date;
  updatedAt: Date;
};

const shape = z.array(
  z.object({
    id: z.string().min(1),
    authEventId: z.string().nullish(),
    tenantId: z.string().min(1),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
    createdDateUtc: z.string(),
    updatedDateUtc: z.string(),
  }),
);

const TIMEOUT_MS = 10_000;

/** All that this token's user has tied to the app. Throws XeroFault. */
export async function listXeroConnections(accessToken: string): Promise<XeroConnection[]> {
  const answer = await send(new URL(endpoints().connections), { method: "GET", accessToken });
  const links = shape.safeParse(await answer.json().catch(() => null));
  if (!links.success) throw new XeroFault({ kind: "unreadable" }, links.error);
  return links.data.map(({ tenantType, tenantName, ...link }) => ({
    id: link.id,
    authEventId: link.authEventId ?? null,
    tenantId: link.tenantId,
    isOrganisation: tenantType === "ORGANISATION",
    name: tenantName || "Unnamed organisation",
    createdAt: utc(link.createdDateUtc),
    updatedAt: utc(link.updatedDateUtc),
  }));
}

/** Unties the organisation from our app at Xero; it being gone already is as good. Throws XeroFault. */
export async function deleteXeroConnection(accessToken: string, id: string): Promise<void> {
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
