/** A person with a browser, for tests: fetch with cookies that follows no redirect by itself. */
export class Browser {
  #cookies = new Map<string, string>();

  async get(url: string): Promise<Response> {
    return this.#keep(await fetch(url, { redirect: "manual", headers: this.#headers() }));
  }

  async post(url: string, fields: [string, string][]): Promise<Response> {
    return this.#keep(
      await fetch(url, {
        method: "POST",
        redirect: "manual",
        headers: this.#headers(),
        body: new URLSearchParams(fields),
      }),
    );
  }

  #headers = () => ({ cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ") });

  #keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name && value) this.#cookies.set(name, value);
      else if (name) this.#cookies.delete(name);
    }
    return response;
  }
}

export const people = {
  dana: "5eed0000-0000-4000-8000-000000000001",
  harriet: "5eed0000-0000-4000-8000-000000000002",
  ada: "5eed0000-0000-4000-8000-000000000003",
  lee: "5eed0000-0000-4000-8000-000000000004",
};

/** Walks the pages as a person would: sign in, tick these tenants, press the button. Returns the app's callback. */
export async function consent(
  authorizeUrl: string | URL,
  userId: string,
  tenantIds: string[],
  decision: "allow" | "cancel" = "allow",
): Promise<URL> {
  const url = new URL(authorizeUrl);
  const browser = new Browser();
  const request = url.searchParams.toString();
  await browser.get(url.href);
  await browser.post(`${url.origin}/identity/sign-in`, [
    ["request", request],
    ["user", userId],
  ]);
  const answer = await browser.post(`${url.origin}/identity/connect/authorize`, [
    ["request", request],
    ["decision", decision],
    ...tenantIds.map((id): [string, string] => ["tenant", id]),
  ]);
  const location = answer.headers.get("location");
  if (!location) throw new Error(`No redirect but ${answer.status}: ${await answer.text()}`);
  return new URL(location);
}
