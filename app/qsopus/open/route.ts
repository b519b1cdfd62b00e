import { oldLink } from "../../pay/old-link.ts";

/** What the form on /qsopus sends: a whole old link as text. Any address may link here; it only leads to our own pages. */
export async function GET(request: Request): Promise<Response> {
  return oldLink(new URL(request.url).searchParams.get("link") ?? "");
}
