/**
 * What a page of this size can cost at the least: Node's own server, pg's own client, one statement for the rows that the pay page
 * reads, its own document with what the rows say in it. No decision, no limit, no frame. argv: a port, and the pay page's address.
 */
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { freshDocument } from "./bare-document.ts";

const [port = "", payPage = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 12 });
const { pathname, searchParams } = new URL(payPage);
const [, , company, firm] = pathname.split("/");
const values = [company, firm, searchParams.get("invoice")];
const documentOf = await freshDocument(payPage);

const READ = `
  select f.name, f.accent, f.privacy, c.name company, p.livemode, b.organisation_name, b.time_zone, b.state, g.state grant_state,
    i.number, i.due_minor, i.due_date, i.currency, i.status, t.name contact, t.email, h.amount_minor held, a.expires_at,
    (select sum(l.amount_minor) from posting_lines l
      where l.connection_id = i.connection_id and l.invoice_id = i.invoice_id and l.reflected_at is null) sent,
    (select count(*) from link_tries y where y.firm_id = f.id and y.right_at is null and y.at > now() - interval '10 minutes') wrong
  from companies c
  join firms f on f.company_id = c.id
  left join processor_accounts p on p.firm_id = f.id and p.ended_at is null
  join connections b on b.firm_id = f.id and b.ended_at is null
  join grants g on g.id = b.grant_id
  join invoices i on i.connection_id = b.id and i.number = $3
  left join contacts t on t.connection_id = b.id and t.contact_id = i.contact_id
  left join holds h on h.connection_id = b.id and h.invoice_id = i.invoice_id and h.state = 'open'
  left join attempts a on a.id = h.attempt_id
  where c.slug = $1 and f.slug = $2`;

createServer(async (_, response) => {
  const { rows } = await pool.query({ name: "pay", text: READ, values });
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-encoding": "gzip" });
  response.end(gzipSync(documentOf(rows[0])));
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
