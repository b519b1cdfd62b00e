import type { World } from "../core/types.ts";

export function initIdentity(world: World): void {
  world.db.exec(`
    create table if not exists identity_keys (kid text primary key, private_pem text not null);
    create table if not exists identity_users (
      user_id text primary key, email text not null unique,
      given_name text not null, family_name text not null, subject text not null, sees text not null
    );
    create table if not exists identity_practices (
      tenant_id text primary key, name text not null, owner_user_id text not null
    );
    create table if not exists identity_apps (
      client_id text primary key, name text not null, kind text not null, secret_hash text,
      redirect_uris text not null, flags text not null, custom text,
      webhook_url text, webhook_key text not null, webhook_categories text not null, webhook_status text not null
    );
    create table if not exists identity_sessions (
      session_id text primary key, user_id text not null, global_session_id text not null, auth_time integer not null
    );
    create table if not exists identity_codes (
      code_hash text primary key, client_id text not null, user_id text not null, redirect_uri text not null,
      scopes text not null, nonce text, challenge text, auth_event_id text not null, auth_time integer not null,
      session_id text not null, expires_at integer not null, used_at integer
    );
    create table if not exists identity_families (
      family_id text primary key, client_id text not null, user_id text not null, scopes text not null,
      auth_event_id text not null, auth_time integer not null, session_id text not null,
      generation integer not null, revoked_at integer
    );
    create unique index if not exists identity_living_family
      on identity_families (client_id, user_id) where revoked_at is null;
    create table if not exists identity_refresh_tokens (
      token_hash text primary key, family_id text not null, parent_hash text, generation integer not null,
      issued_at integer not null, rotated_at integer
    );
    create table if not exists identity_access_tokens (
      jti text primary key, client_id text not null, user_id text, expires_at integer not null
    );
    create table if not exists identity_connections (
      id text primary key, client_id text not null, user_id text not null, tenant_id text not null,
      auth_event_id text not null, created_at integer not null, updated_at integer not null,
      unique (client_id, user_id, tenant_id)
    );
    create table if not exists identity_token_calls (
      seq integer primary key, at integer not null, client_id text, grant_type text, outcome text not null
    );
  `);
}
