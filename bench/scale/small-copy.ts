import pg from "pg";

/** A copy of a database that nobody is connected to, on the same server; answers its URL. */
export async function copyOf(databaseUrl: string, name: string): Promise<string> {
  const [admin, copy] = [new URL(databaseUrl), new URL(databaseUrl)];
  admin.pathname = "/postgres";
  copy.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: admin.href });
  await client.connect();
  await client.query(`create database ${name} template ${new URL(databaseUrl).pathname.slice(1)}`);
  await client.end();
  return copy.href;
}
