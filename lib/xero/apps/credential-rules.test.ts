import { expect, test } from "vitest";
import { retiredCredential, withoutSecrets } from "./credential-rules.ts";

const x509 = {
  kind: "x509",
  consumerKey: "ABC",
  certificateSubject: "CN=Quoox",
  certificateExpiresOn: "2021-06-30",
  fingerprint: "ab cd".repeat(10),
};

const messages = (fields: object) => {
  const { error } = retiredCredential.safeParse(fields);
  return error?.issues.map(({ path, message }) => [path[0], message]) ?? [];
};

test("R1, G1: an old token and an old private app are taken, a fingerprint in any spelling", () => {
  expect(retiredCredential.parse({ kind: "oauth1", consumerKey: "ABC" })).toMatchObject({ kind: "oauth1" });
  const parsed = retiredCredential.parse(x509);
  expect(parsed).toMatchObject({ fingerprint: Array(10).fill("AB:CD").join(":") });
});

test.each([
  [{ consumerKey: "A" }, "kind", "Write oauth1"],
  [{ kind: "oauth2", consumerKey: "A" }, "kind", "Write oauth1"],
  [{ kind: "oauth1" }, "consumerKey", "Give the consumer key."],
  [{ kind: "oauth1", consumerKey: "A B" }, "consumerKey", "no spaces"],
  [{ kind: "oauth1", consumerKey: "A", endedOn: "31/12/2021" }, "endedOn", "like 2021-12-31"],
  [{ kind: "oauth1", consumerKey: "A", firm: "Demo" }, "firm", "company/firm"],
  [{ ...x509, fingerprint: "AB:CD" }, "fingerprint", "20 or 32 pairs"],
  [{ ...x509, certificateSubject: undefined }, "certificateSubject", "Give the certificate's subject"],
  [{ ...x509, certificateExpiresOn: "2021-02-30" }, "certificateExpiresOn", "like 2021-12-31"],
  [{ ...x509, name: "-----BEGIN RSA PRIVATE KEY-----" }, "name", "This is a private key"],
])("what does not fit is told at its field: %j", (fields, field, says) => {
  expect(messages(fields)).toEqual([[field, expect.stringContaining(says)]]);
});

test("secrets are left out with a line each that does not repeat them, however they are spelled", () => {
  const fields = { ...x509, consumer_secret: "CANARY", PrivateKey: "CANARY", OAuthTokenSecret: "CANARY" };
  const { records, notes } = withoutSecrets([{ line: 7, fields }]);
  expect(records).toEqual([{ line: 7, fields: x509 }]);
  expect(notes).toHaveLength(3);
  expect(notes[0]).toMatch(/^line 7, consumer_secret: left out and not kept/);
  expect(notes.join()).not.toContain("CANARY");
});
