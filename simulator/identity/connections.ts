import { randomUUID } from "node:crypto";
import { statement } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { type App, getApp } from "./apps/apps.ts";

export type Connection = {
  id: string;
  clientId: string;
  userId: string;
  tenantId: string;
  /** Of the first consent to this organisation; a later one does not change it. */
  authEventId: string;
  createdAt: number;
  updatedAt: number;
};

const SELECT = `select id, client_id as clientId, user_id as userId, tenant_id as tenantId,
  auth_event_id as authEventId, created_at as createdAt, updated_at as updatedAt from identity_connections`;

/** All of the app's connections when no user is given. */
export function listConnections(world: World, clientId: string, userId: string | null): Connection[] {
  const select = `${SELECT} where client_id = ?1 and (?2 is null or user_id = ?2) order by rowid`;
  return statement(world.db, select).all(clientId, userId) as Connection[];
}

export function connect(world: World, link: Omit<Connection, "id" | "createdAt" | "updatedAt">): void {
  const now = world.clock.now();
  statement(
    world.db,
    `insert into identity_connections values (?, ?, ?, ?, ?, ?, ?)
     on conflict (client_id, user_id, tenant_id) do update set updated_at = excluded.updated_at`,
  ).run(randomUUID(), link.clientId, link.userId, link.tenantId, link.authEventId, now, now);
}

export function removeConnection(world: World, id: string): boolean {
  return statement(world.db, "delete from identity_connections where id = ?").run(id).changes > 0;
}

export function removeConnectionsOfUser(world: World, clientId: string, userId: string): number {
  const { changes } = statement(
    world.db,
    "delete from identity_connections where client_id = ? and user_id = ?",
  ).run(clientId, userId);
  return Number(changes);
}

/** As when someone disconnects the app inside Xero. */
export function removeConnectionsOfTenant(world: World, tenantId: string, clientId: string | null): number {
  const { changes } = statement(
    world.db,
    "delete from identity_connections where tenant_id = ?1 and (?2 is null or client_id = ?2)",
  ).run(tenantId, clientId);
  return Number(changes);
}

/** The user of a custom connection: whoever authorised it inside Xero is not told. */
const NOBODY = "";

/** The organisation authorises a custom connection, which Xero asks its users for by e-mail; here it does so at once. */
export function connectCustom(world: World, { clientId, custom }: App): void {
  if (!custom) return;
  const others = "delete from identity_connections where client_id = ? and tenant_id != ?";
  statement(world.db, others).run(clientId, custom.tenantId);
  connect(world, { clientId, userId: NOBODY, tenantId: custom.tenantId, authEventId: randomUUID() });
}

/** Whether these credentials may touch this tenant; a custom connection has no user and one organisation. */
export function connectionAllowed(
  world: World,
  { clientId, userId, tenantId }: { clientId: string; userId: string | null; tenantId: string },
): boolean {
  if (userId === null) return customTenant(world, clientId) === tenantId;
  const select = "select 1 from identity_connections where client_id = ? and user_id = ? and tenant_id = ?";
  return statement(world.db, select).get(clientId, userId, tenantId) !== undefined;
}

/** The organisation of a custom connection while it authorises it; the xero-tenant-id header may be left out. */
export function customTenant(world: World, clientId: string): string | undefined {
  return getApp(world, clientId)?.custom ? listConnections(world, clientId, NOBODY)[0]?.tenantId : undefined;
}

/** Client ids of the apps that get this tenant's webhooks. */
export function connectedApps(world: World, tenantId: string): string[] {
  const select = "select distinct client_id as clientId from identity_connections where tenant_id = ?";
  return statement(world.db, select)
    .all(tenantId)
    .map((row) => String(row.clientId));
}
