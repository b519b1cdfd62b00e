import { statement, transaction } from "../core/sql.ts";
import type { World } from "../core/types.ts";
import { listOrganisations } from "../xero/organisations.ts";
import { type App, newApp, saveApp } from "./apps/apps.ts";
import { connectCustom } from "./connections.ts";
import { hashOf } from "./tokens/secrets.ts";
import { insertUser, type User } from "./users.ts";

const USERS: User[] = [
  person(1, "dana@demo-accountants.example", "Dana", "Reyes", "AU"),
  person(2, "harriet@harbour-books.example", "Harriet", "Cole", "GB"),
  person(3, "ada@adviser.example", "Ada", "Novak", "*"),
  person(4, "lee@lakeview-tax.example", "Lee", "Park", "US"),
];

/** Fixed ids, so that a test or a script can name a person after any reset. */
function person(at: number, email: string, givenName: string, familyName: string, sees: string): User {
  const userId = `5eed0000-0000-4000-8000-00000000000${at}`;
  return { userId, email, givenName, familyName, subject: userId.replaceAll("-", ""), sees };
}

const CUSTOM_SEED_SCOPES = [
  "accounting.settings.read",
  "accounting.contacts",
  "accounting.invoices",
  "accounting.attachments",
  "accounting.payments",
  "accounting.banktransactions",
];

const TABLES = [
  "users",
  "practices",
  "apps",
  "sessions",
  "codes",
  "families",
  "refresh_tokens",
  "access_tokens",
  "connections",
  "token_calls",
];

export function seedIdentity(world: World): void {
  transaction(world.db, () => {
    for (const table of TABLES) world.db.exec(`delete from identity_${table}`);
    for (const user of USERS) insertUser(world, user);
    statement(world.db, "insert into identity_practices values (?, ?, ?)").run(
      "5eed0000-0000-4000-9000-000000000001",
      "Demo Accountants (Practice)",
      USERS[0]?.userId ?? "",
    );
    saveApp(world, {
      ...newApp("5BC0UNTERF01LDEM0000000000000001", "QuickFee Pay Desk"),
      secretHash: hashOf("sim-secret-demo"),
      redirectUris: ["http://localhost:3000/api/xero/callback"],
      webhookKey: "sim-webhook-key-demo",
    });
    const lakeview = listOrganisations(world).find(({ countryCode }) => countryCode === "US");
    if (!lakeview) return;
    const custom: App = {
      ...newApp("5BC0UNTERF01LCU5T0M0000000000001", "Lakeview's own pay desk"),
      kind: "custom",
      secretHash: hashOf("sim-secret-custom"),
      custom: { tenantId: lakeview.tenantId, scopes: CUSTOM_SEED_SCOPES },
    };
    saveApp(world, custom);
    connectCustom(world, custom);
  });
}
