/** A payer without a browser: follows the pay pages' own forms, as they stand in the page, up to the processor's door. */
export type Payer = {
  open(path: string): Promise<string>;
  /** The page that an address leads to in the end. */
  follow(path: string): Promise<string>;
  submit(form: Form, fields?: Record<string, string | string[]>): Promise<string>;
};
export type Form = { action: string; fields: Record<string, string> };

/** `submit` answers where the form led. `from` is the address that the proxy in front of us would see. */
export function newPayer(origin: string, from?: string): Payer {
  const jar = new Map<string, string>();
  async function go(path: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(new URL(path, origin), {
      ...init,
      redirect: "manual",
      headers: { cookie, ...(from ? { "x-forwarded-for": from } : {}), ...init.headers },
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return answer;
  }
  return {
    async open(path) {
      const answer = await go(path);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
      return answer.text();
    },
    async follow(path) {
      for (let to = path; ; ) {
        const answer = await go(to);
        const next = answer.headers.get("location");
        if (answer.status === 200) return answer.text();
        if (!next) throw new Error(`${to}: ${answer.status}`);
        to = next;
      }
    },
    async submit({ action, fields }, typed = {}) {
      const body = new URLSearchParams(
        Object.entries({ ...fields, ...typed }).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        ),
      );
      const answer = await go(action, {
        method: "POST",
        body,
        headers: { origin, "sec-fetch-site": "same-origin" },
      });
      const to = answer.headers.get("location");
      if (answer.status !== 303 || !to) throw new Error(`${action}: ${answer.status}`);
      return to;
    },
  };
}

/** The page's form whose action ends so, with what it carries along unseen. */
export function formOf(page: string, actionEnd: string): Form {
  for (const [, attributes = "", inside = ""] of page.matchAll(/<form([^>]*)>(.*?)<\/form>/gs)) {
    const action = attributeOf(attributes, "action");
    if (!action.endsWith(actionEnd)) continue;
    const hidden = [...inside.matchAll(/<input([^>]*)>/g)]
      .map(([, one = ""]) => one)
      .filter((one) => attributeOf(one, "type") === "hidden");
    return {
      action,
      fields: Object.fromEntries(hidden.map((one) => [attributeOf(one, "name"), attributeOf(one, "value")])),
    };
  }
  throw new Error(`The page has no form to ${actionEnd}`);
}

function attributeOf(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
