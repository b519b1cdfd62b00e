import pg from "pg";

/** Another database on the same server; `copied`: with all that is in this one, which nobody may be connected to. Answers its URL. */
export async function newDatabase(
  databaseUrl: string,
  name: string,
  { copied = false } = {},
): Promise<string> {
  const [admin, made] = [new URL(databaseUrl), new URL(databaseUrl)];
  admin.pathname = "/postgres";
  made.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  const template = copied ? ` template ${new URL(databaseUrl).pathname.slice(1)}` : "";
  await client.query(`create database ${name}${template}`);
  await client.end();
  return made.href;
}
