/** Files that break a rule on purpose, and how Biome must answer. Each stands at its path in a folder of its own. */
export type Planted = { path: string; code: string; rule: string; says?: string };

const imports = (path: string, from: string, says: string): Planted => ({
  path,
  code: `import { thing } from "${from}";\nthing();\n`,
  rule: "lint/style/noRestrictedImports",
  says,
});

export const PLANTED: Planted[] = [
  // Rooms import only downwards, whichever way the path is written.
  imports("lib/mirror/planted-upward.ts", "#lib/payments/store.ts", "only rooms below"),
  imports("lib/mirror/planted-relative.ts", "../payments/store.ts", "only rooms below"),
  imports("lib/mirror/planted-long-way.ts", "../../lib/payments/store.ts", "only rooms below"),
  imports("lib/core/planted.ts", "#lib/people/store.ts", "only rooms below"),
  imports("lib/xero/planted.ts", "#lib/mirror/read.ts", "only rooms below"),
  imports("lib/posting/planted.ts", "#lib/payments/store.ts", "only rooms below"),
  imports("lib/people/planted.ts", "#lib/firms/read.ts", "only rooms below"),
  imports("lib/mail/planted.ts", "#lib/audit/record.ts", "only rooms below"),
  imports("lib/checkout/planted.ts", "#lib/jobs/registry.ts", "only rooms below"),
  {
    path: "lib/mirror/planted-type.ts",
    code: 'import type { Capture } from "#lib/payments/store.ts";\nexport type Mine = Capture;\n',
    rule: "lint/style/noRestrictedImports",
    says: "only rooms below",
  },
  {
    path: "lib/mirror/planted-late.ts",
    code: 'export const late = () => import("#lib/payments/store.ts");\n',
    rule: "lint/style/noRestrictedImports",
    says: "only rooms below",
  },

  // Each table has one room.
  imports("lib/payments/planted.ts", "#db/schema/mirror.ts", "belong to another room"),
  imports("lib/firms/planted.ts", "../../db/schema/people.ts", "belong to another room"),
  imports("lib/jobs/planted.ts", "#db/schema/posting.ts", "belong to another room"),

  imports("lib/checkout/planted-store.ts", "#lib/payments/store.ts", "A store is its room's own"),
  imports("lib/payments/planted-store.ts", "#lib/xero/budget/budget-store.ts", "A store is its room's own"),
  imports("lib/payments/refunds/planted.ts", "#lib/posting/store.ts", "A store is its room's own"),

  // A way out of a room is seen in the import.
  imports("lib/firms/planted-out.ts", "../people/read.ts", "Another room is imported as"),
  imports("lib/processor/stripe/planted-out.ts", "../../firms/read.ts", "Another room is imported as"),
  imports("app/planted/store.ts", "#lib/checkout/store.ts", "A store is its room's own"),
  imports("planted-root.ts", "#lib/posting/store.ts", "A store is its room's own"),

  // What knows the request stays at the door.
  imports("lib/firms/planted-page.ts", "#app/door/actor.ts", "A room knows no page"),
  imports("lib/firms/planted-part.ts", "#components/forms/button.tsx", "A room knows no page"),
  imports("lib/people/planted-cookie.ts", "next/headers", "Below the door"),
  imports("app/planted/page.ts", "#db/schema/firms.ts", "No SQL here"),
  imports("app/planted/query.ts", "drizzle-orm", "No SQL here"),
  imports("components/planted.ts", "#lib/payments/read.ts", "Only lib/core"),
  imports("components/planted-door.ts", "#app/door/actor.ts", "knows no page"),
  imports("proxy.ts", "#lib/people/sessions.ts", "Only lib/core"),
  imports("worker.ts", "#db/schema/posting.ts", "No SQL here"),
  imports("db/planted.ts", "#lib/core/db.ts", "come before all rooms"),

  // The outside world stays outside.
  imports("simulator/xero/planted.ts", "#lib/core/money/money.ts", "program of its own"),
  imports("simulator/planted.test.ts", "../lib/core/money/money.ts", "program of its own"),
  imports("lib/xero/planted-simulator.ts", "../../simulator/xero/money.ts", "outside world"),
  imports("lib/xero/planted.it.test.ts", "../../simulator/xero/money.ts", "outside world"),
  imports("scripts/planted.ts", "../simulator/start.ts", "outside world"),
  imports("lib/mirror/planted-xero.ts", "xero-node", "Only lib/xero"),
  imports("lib/mirror/planted-model.ts", "xero-node/dist/gen/model/accounting/invoice.js", "Only lib/xero"),
  imports("app/planted/oauth.ts", "openid-client", "Only lib/xero"),
  imports("lib/payments/planted-stripe.ts", "stripe", "Only lib/processor/stripe"),
  imports("lib/processor/planted.ts", "stripe", "Only lib/processor/stripe"),

  // Tests stay out of the product.
  imports("lib/firms/planted-help.ts", "#lib/testing/staff.ts", "This is for tests"),
  imports("app/planted/help.ts", "#lib/testing/xero/at-xero.ts", "This is for tests"),

  // Rules are pure.
  imports("lib/payments/attempts/invoice-state-rules.ts", "./store.ts", "A rule is pure"),
  imports("lib/posting/sending/rules.ts", "node:fs", "A rule is pure"),
  imports("lib/mirror/webhooks/webhook-rules.ts", "#lib/core/db.ts", "A rule is pure"),
  imports("lib/firms/rules.ts", "#lib/core/env.ts", "A rule is pure"),
  imports("lib/people/rules.ts", "#lib/firms/read.ts", "only rooms below"),
  {
    path: "lib/xero/organisations/clearing-account-rules.ts",
    code: 'import * as all from "./connections.ts";\nexport const it = all;\n',
    rule: "lint/style/noRestrictedImports",
    says: "A rule is pure",
  },

  // The rest of the house rules that Biome knows by itself.
  {
    path: "lib/mail/planted-env.ts",
    code: "export const port = process.env.PORT;\n",
    rule: "lint/style/noProcessEnv",
  },
  {
    path: "components/planted-currency.ts",
    code: 'export const format = new Intl.NumberFormat("en", { style: "currency", currency: "PKR" });\n',
    rule: "plugin",
    says: "Only lib/core/money/money-format.ts",
  },
  { path: "lib/mail/planted-default.ts", code: "export default 1;\n", rule: "lint/style/noDefaultExport" },
  {
    path: "lib/mail/planted-any.ts",
    code: "export const it: any = 1;\n",
    rule: "lint/suspicious/noExplicitAny",
  },
  {
    path: "lib/mail/planted-bang.ts",
    code: "export const first = (all: string[]) => all[0]!;\n",
    rule: "lint/style/noNonNullAssertion",
  },
  {
    path: "lib/mail/planted-promise.ts",
    code: "async function send(): Promise<void> {}\nexport function go(): void {\n  send();\n}\n",
    rule: "lint/nursery/noFloatingPromises",
  },
  {
    path: "lib/mail/planted-cycle.ts",
    code: 'import { b } from "./planted-cycle-back.ts";\nexport const a = (): number => b();\n',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    path: "lib/mail/planted-type-cycle.ts",
    code: 'import { b } from "./planted-type-cycle-back.ts";\nexport type A = { b: typeof b };\n',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    path: "lib/mail/planted-type-cycle-back.ts",
    code: 'import type { A } from "./planted-type-cycle.ts";\nexport const b = (of: A): unknown => of.b;\n',
    rule: "lint/suspicious/noImportCycles",
  },
  {
    path: "lib/mail/planted-cycle-back.ts",
    code: 'import { a } from "./planted-cycle.ts";\nexport const b = (): number => a();\n',
    rule: "lint/suspicious/noImportCycles",
  },
];

/** What the house allows, next to what it forbids: a rule that refuses everything would pass the list above. */
export const ALLOWED: { path: string; code: string }[] = [
  ["lib/payments/allowed.ts", "#lib/mirror/read.ts"],
  ["lib/payments/allowed-table.ts", "#db/schema/payments.ts"],
  ["lib/jobs/allowed.ts", "#lib/checkout/code/send-code.ts"],
  ["lib/xero/allowed.ts", "xero-node"],
  ["lib/processor/stripe/allowed.ts", "stripe"],
  ["lib/processor/stripe/allowed-type.ts", "../types.ts"],
  ["lib/processor/stripe/allowed-store.ts", "../store.ts"],
  ["lib/firms/allowed-store.ts", "./member-store.ts"],
  ["lib/payments/overpayments/allowed-store.ts", "../refunds/refund-store.ts"],
  ["lib/checkout/payable-lines-rules.ts", "#lib/payments/attempts/invoice-state-rules.ts"],
  ["lib/checkout/links/link-rules.ts", "#lib/core/money/money.ts"],
  ["lib/people/allowed.it.test.ts", "#lib/testing/staff.ts"],
  ["app/allowed/page.ts", "#lib/payments/read.ts"],
  ["components/allowed.ts", "#lib/core/money/money.ts"],
  ["scripts/allowed.ts", "#lib/testing/xero/at-xero.ts"],
].map(([path = "", from]) => ({ path, code: `import { thing } from "${from}";\nthing();\n` }));

ALLOWED.push({
  path: "lib/posting/rules-allowed-rules.ts",
  code: 'import type { Posting } from "./store.ts";\nexport type Mine = Posting;\n',
});
