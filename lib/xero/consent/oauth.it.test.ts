import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { env } from "#lib/core/env.ts";
import { IdentityRefusal } from "./identity-faults.ts";
import { exchangeCode, probeCredentials, refreshTokens } from "./oauth.ts";

/** An identity server that answers whatever the test wants: the simulator never lies, and these answers do. */
let server: Server;
let issuer: string;
let answer: { status: number; body: unknown };
let key: CryptoKey;
let strangersKey: CryptoKey;

const app = { clientId: "A".repeat(32), clientSecret: "CANARY-secret" };
const secrets = { state: "state", verifier: "v".repeat(43), nonce: "nonce" };

beforeAll(async () => {
  const pair = await generateKeyPair("RS256");
  key = pair.privateKey;
  strangersKey = (await generateKeyPair("RS256")).privateKey;
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "RS256", use: "sig" };
  server = createServer((request, response) => {
    request.resume();
    const isToken = request.url === "/connect/token";
    response.writeHead(isToken ? answer.status : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(isToken ? answer.body : { keys: [jwk] }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  Object.assign(env(), { SIMULATOR_URL: issuer });
});

afterAll(() => server.close());

const now = () => Math.floor(Date.now() / 1_000);

const claims = (over: JWTPayload = {}): JWTPayload => ({
  iss: issuer,
  aud: app.clientId,
  sub: "someone",
  nonce: secrets.nonce,
  iat: now(),
  nbf: now(),
  exp: now() + 300,
  email: "someone@example.com",
  ...over,
});

const signed = (payload: JWTPayload, by = key) =>
  new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "k1" }).sign(by);

function answerWith(idToken: string): void {
  const access = {
    xero_userid: "u1",
    authentication_event_id: "e1",
    scope: ["openid", "offline_access"],
    nbf: now(),
  };
  const accessToken = new UnsecuredJWT(access).encode();
  answer = {
    status: 200,
    body: {
      id_token: idToken,
      access_token: accessToken,
      refresh_token: "CANARY-refresh",
      expires_in: 1_800,
      token_type: "Bearer",
    },
  };
}

const exchange = () => exchangeCode(app, { code: "CANARY-code" }, secrets);

describe("O6: an id token that isn't Xero's own answer to this very flow is refused", () => {
  test("the right one is taken", async () => {
    answerWith(await signed(claims()));
    expect(await exchange()).toMatchObject({
      claims: { xeroUserId: "u1", authEventId: "e1" },
      email: "someone@example.com",
    });
  });

  test.each<[string, () => Promise<string> | string, string]>([
    ["another issuer", () => signed(claims({ iss: "https://elsewhere.example" })), "untrusted"],
    ["another app's", () => signed(claims({ aud: "B".repeat(32) })), "untrusted"],
    ["another flow's nonce", () => signed(claims({ nonce: "another" })), "untrusted"],
    ["a stranger's signature", () => signed(claims(), strangersKey), "untrusted"],
    ["long over", () => signed(claims({ iat: now() - 900, nbf: now() - 900, exp: now() - 600 })), "clock"],
    ["not yet valid", () => signed(claims({ nbf: now() + 3_600, exp: now() + 7_200 })), "clock"],
  ])("%s", async (_, make, code) => {
    answerWith(await make());
    await expect(exchange()).rejects.toMatchObject({ name: "IdentityRefusal", code });
  });

  test.each<[string, () => string | undefined]>([
    ["unsigned", () => new UnsecuredJWT(claims()).encode()],
    ["none at all", () => undefined],
    ["no token but text", () => "not.a.token"],
  ])("%s", async (_, make) => {
    answerWith(make() as string);
    await expect(exchange()).rejects.toThrow();
  });
});

describe("T3: no error holds a secret, a code or a token, however deep one looks", () => {
  test.each([
    ["refused", { status: 400, body: { error: "invalid_grant" } }, "invalid_grant"],
    ["refused as a client", { status: 400, body: { error: "invalid_client" } }, "invalid_client"],
    [
      "answered with nonsense",
      { status: 200, body: { access_token: 7, refresh_token: "CANARY-refresh" } },
      "untrusted",
    ],
    ["failed", { status: 500, body: { error: "CANARY-server_error" } }, undefined],
  ])("%s", async (_, given, code) => {
    answer = given;
    for (const call of [exchange, () => refreshTokens(app, "CANARY-old")]) {
      const error: unknown = await call().catch((thrown: unknown) => thrown);
      expect(inspect(error, { depth: 20, showHidden: true })).not.toContain("CANARY");
      if (code) expect(error).toMatchObject({ code });
      else expect(error).toMatchObject({ fault: { kind: "no_answer" } });
    }
  });
});

describe("G2: the test call tells a right client id and secret from a wrong pair", () => {
  test.each([
    ["unauthorized_client", "right"],
    ["invalid_client", "wrong"],
  ])("%s means %s", async (error, verdict) => {
    answer = { status: 400, body: { error } };
    expect(await probeCredentials(app)).toBe(verdict);
  });

  test("an app that gets tokens of its own is a custom connection's", async () => {
    answer = { status: 200, body: { access_token: "x", expires_in: 1_800, token_type: "Bearer" } };
    expect(await probeCredentials(app)).toBe("own_tokens");
  });

  test("no answer is no verdict", async () => {
    answer = { status: 503, body: "down" };
    const error: unknown = await probeCredentials(app).catch((thrown: unknown) => thrown);
    expect(error).not.toBeInstanceOf(IdentityRefusal);
    expect(error).toMatchObject({ fault: { kind: "no_answer" } });
  });
});
