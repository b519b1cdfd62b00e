import type { BrowserContext, Page } from "@playwright/test";
import type { Ground } from "./ground.ts";

/**
 * Collects, in every page of a context, what no page may do: an error in the console, a request to another host than our
 * own and the simulator's, an answer of ours without a Content-Security-Policy.
 */
export function watch(context: BrowserContext, { webUrl, simulator }: Ground): string[] {
  const faults: string[] = [];
  context.on("page", (page) => listen(page, faults, webUrl));
  for (const page of context.pages()) listen(page, faults, webUrl);
  context.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const ours =
      origin === webUrl || origin === simulator.url || protocol === "data:" || protocol === "blob:";
    if (!ours) faults.push(`asked another host: ${request.url()}`);
  });
  context.on("response", async (response) => {
    if (new URL(response.url()).origin !== webUrl) return;
    if (!response.headers()["content-security-policy"]) faults.push(`no policy on ${response.url()}`);
  });
  return faults;
}

function listen(page: Page, faults: string[], webUrl: string): void {
  page.on("pageerror", (error) => faults.push(`error on ${page.url()}: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url } = message.location();
    // The simulated processor answers a declined card with 402, as a page; the browser writes that down.
    const hosted = /\/c\/pay\//.test(url) && /402|410/.test(message.text());
    if (!hosted && !expected(message.text(), url, webUrl))
      faults.push(`console on ${url}: ${message.text()}`);
  });
}

/** A page that isn't there says so with 404, and the browser writes that down too. */
function expected(text: string, url: string, webUrl: string): boolean {
  return url.startsWith(webUrl) && /status of 404/.test(text);
}
