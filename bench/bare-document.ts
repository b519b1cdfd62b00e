import { VISITOR } from "./measure/load.ts";

type Row = { due_minor: string };

/** The pay page's document, with the amount taken from a row each time. */
export async function freshDocument(payPage: string): Promise<(row: Row | undefined) => string> {
  const html = await (await fetch(payPage, { headers: VISITOR })).text();
  const said = new URL(payPage).searchParams.get("amount") ?? "";
  if (!html.includes(said)) throw new Error(`${payPage} does not say ${said}`);
  return (row) => html.replaceAll(said, (Number(row?.due_minor) / 100).toFixed(2));
}
