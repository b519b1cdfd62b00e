import { readFileSync } from "node:fs";
import { parseEnv as parseFile } from "node:util";
import { expect, test } from "vitest";
import { countsNoAddress, parseEnv } from "./env.ts";

const example = parseFile(readFileSync(".env.example", "utf8")) as Record<string, string>;

function refusal(change: Record<string, string | undefined>): string {
  try {
    parseEnv({ ...example, ...change });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("It was taken");
}

test(".env.example starts the desk against the simulator", () => {
  expect(parseEnv(example)).toMatchObject({
    PUBLIC_ORIGIN: "http://localhost:3000",
    SIMULATOR_URL: "http://127.0.0.1:4010",
  });
});

test(".env.example explains every variable there is", () => {
  expect(Object.keys(example).sort()).toEqual(Object.keys(parseEnv(example)).sort());
});

test("names every missing setting at once, one line each", () => {
  const lines = refusal(Object.fromEntries(Object.keys(example).map((name) => [name, undefined])))
    .split("\n")
    .slice(1);
  const needed = ["DATABASE_URL", "PUBLIC_ORIGIN", "SESSION_SECRET", "VAULT_KEYS", "SMTP_URL", "MAIL_FROM"];
  expect(lines.map((line) => line.trim().split(" ")[0])).toEqual(needed);
  for (const line of lines) expect(line).toMatch(/^ {2}[A-Z_]+ is missing: \S/);
});

test("counts an empty setting as missing", () => {
  expect(refusal({ MAIL_FROM: "" })).toContain("MAIL_FROM is missing");
});

test.each([
  ["DATABASE_URL", "mysql://root:hunter2-secret@db/counterfoil"],
  ["PUBLIC_ORIGIN", "hunter2-secret"],
  ["PUBLIC_ORIGIN", "http://hunter2-secret.example"],
  ["PUBLIC_ORIGIN", "http://localhost.hunter2-secret.example"],
  ["SESSION_SECRET", "hunter2-secret"],
  ["VAULT_KEYS", "k1:hunter2-secret"],
  ["SMTP_URL", "https://user:hunter2-secret@mail.example"],
  ["SIMULATOR_URL", "http://hunter2-secret.example:4010"],
  ["TRUSTED_PROXY_HOPS", "hunter2-secret"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "hunter2-secret:4317"],
  ["LOG_LEVEL", "hunter2-secret"],
])("says what %s must be, in one line, and never what was given", (name, value) => {
  const [, ...lines] = refusal({ [name]: value }).split("\n");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(`^ {2}${name} is not right: \\S`));
  expect(lines[0]).not.toContain("hunter2");
});

test.each([
  ["https://pay.example.com", "0", true],
  ["https://pay.example.com", "1", false],
  ["http://localhost:3000", "0", false],
])(
  "at %s behind %s declared proxies no address is counted: %s",
  (PUBLIC_ORIGIN, TRUSTED_PROXY_HOPS, counts) => {
    expect(countsNoAddress(parseEnv({ ...example, PUBLIC_ORIGIN, TRUSTED_PROXY_HOPS }))).toBe(counts);
  },
);

test("O10: the desk does not start where cookies and consent would travel without TLS", () => {
  for (const address of [
    "http://pay.example.com",
    "http://10.0.0.5",
    "http://localhost.example.com",
    "ftp://x",
  ]) {
    expect(refusal({ PUBLIC_ORIGIN: address }), address).toContain("PUBLIC_ORIGIN is not right");
  }
  expect(parseEnv({ ...example, PUBLIC_ORIGIN: "https://pay.example.com/x" }).PUBLIC_ORIGIN).toBe(
    "https://pay.example.com",
  );
});

const ELSEWHERE = [
  "169.254.169.254",
  "[::ffff:169.254.169.254]",
  "metadata.google.internal",
  "10.0.0.1",
  "192.168.0.1",
  "172.16.0.1",
  "[fd00::1]",
  "[fe80::1]",
  "[::]",
  "0.0.0.0",
  "0",
  "127.0.0.2",
  "127.1.1.1",
  "2130706434",
  "0x7f000002",
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "127.0.0.1.nip.io",
  "localhost.",
  "xn--lcalhost-54a",
  "api.xero.com",
  "identity.xero.com.evil.example",
  "api.stripe.com",
  "localhost@evil.example",
  "127.0.0.1@evil.example",
  "127.0.0.1:80@evil.example",
  "evil.example#@127.0.0.1",
  "evil.example?127.0.0.1",
  "evil.example/127.0.0.1",
  "evil.example\\@127.0.0.1",
  "[::ffff:127.0.0.1]",
  "[::1]",
  "169.254.169.254:80",
  "100.64.0.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "db",
  "postgres.internal",
];

test("X6: the one address of the outside that can be set is a simulator on this machine, over http", () => {
  for (const host of ELSEWHERE) {
    expect(refusal({ SIMULATOR_URL: `http://${host}/` }), host).toContain("SIMULATOR_URL is not right");
  }
  for (const scheme of ["https", "ftp", "file", "gopher", "data", "javascript"]) {
    expect(refusal({ SIMULATOR_URL: `${scheme}://127.0.0.1/` }), scheme).toContain(
      "SIMULATOR_URL is not right",
    );
  }
});
