/** A person at the desk without a browser: plain requests, a cookie, forms as they are sent without JavaScript. */
import { DEMO_PASSWORD } from "../../scripts/demo-data/demo-facts.ts";
import { actionsInBuild, type BuiltAction } from "./doors.ts";

export type Answer = {
  status: number;
  headers: Headers;
  location: string;
  body: string;
  /** What a person would read of the body. */
  text: string;
  /** What it sets, as a browser would send it back. */
  cookie: string;
};

export type Visitor = {
  cookie: string;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** From our own origin unless `headers` say another; an empty one is none at all. */
  post(path: string, body: BodyInit, headers?: Record<string, string>): Promise<Answer>;
};

/** `address`: what limits count this person by. */
export function visitor(webUrl: string, { cookie, address }: { cookie: string; address: string }): Visitor {
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const wanted = { "x-forwarded-for": address, cookie, ...(init.headers as Record<string, string>) };
    const headers = Object.entries(wanted).filter(([, value]) => value !== "");
    const answer = await fetch(webUrl + path, { ...init, headers, redirect: "manual" });
    const body = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      location: answer.headers.get("location") ?? "",
      body,
      text: textOf(body),
      cookie: answer.headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; "),
    };
  };
  return {
    cookie,
    get: (path, headers = {}) => send(path, { headers }),
    post: (path, body, headers = {}) =>
      send(path, { method: "POST", body, headers: { origin: webUrl, ...headers } }),
  };
}

/** What the page's own scripts fetch instead of the page: Next sends them on to an address with a mark of its own. */
export async function getData(
  who: Visitor,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const asked = { rsc: "1", ...headers };
  const first = await who.get(path, asked);
  return /[?&]_rsc\b/.test(first.location)
    ? who.get(first.location.replace(/^https?:\/\/[^/]+/, ""), asked)
    : first;
}

/** Signs in as the form on /sign-in does; the cookie that came is the person from then on. */
export async function signInPlainly(
  webUrl: string,
  { address, email, next = "/firms" }: { address: string; email: string; next?: string },
): Promise<{ person: Visitor; answer: Answer }> {
  const action = actionsInBuild().get("app/sign-in/actions.ts sendSignIn");
  if (!action) throw new Error("The build has no sendSignIn");
  const form = actionForm(action, { fields: { email, password: DEMO_PASSWORD, next } });
  const answer = await visitor(webUrl, { cookie: "", address }).post("/sign-in", form);
  if (answer.status !== 303 || !answer.cookie)
    throw new Error(`${email} could not sign in: ${answer.status}`);
  return { person: visitor(webUrl, { cookie: answer.cookie, address }), answer };
}

/** The hidden fields of a form on a page, as a browser without JavaScript would send them. */
export type Hidden = Record<string, string>;

/** The page's forms that lead to this action. */
export function formsFor({ id }: BuiltAction, html: string): Hidden[] {
  return html
    .split("<form")
    .slice(1)
    .map((form) => hiddenIn(form.split("</form>")[0] ?? ""))
    .filter((hidden) => Object.entries(hidden).some((field) => field.join(" ").includes(id)));
}

/** Of several forms for one action, the one about these things. */
export function closest(forms: Hidden[], fields: Record<string, string>): Hidden | undefined {
  const fits = (hidden: Hidden) =>
    Object.entries(fields).filter(([name, value]) => hidden[name] === value).length;
  return forms.toSorted((one, other) => fits(other) - fits(one))[0];
}

/** A form's own fields where a page showed it, else as the build would make them; bound to `place`, filled with `fields`. */
export function actionForm(
  action: BuiltAction,
  { hidden, place, fields }: { hidden?: Hidden | undefined; place?: object; fields: Record<string, string> },
): FormData {
  const bound = JSON.stringify([...(place ? [place] : []), { status: "idle" }]);
  const own = hidden ?? {
    $ACTION_REF_1: "",
    "$ACTION_1:0": JSON.stringify({ id: action.id, bound: "$@1" }),
    "$ACTION_1:1": bound,
  };
  const form = new FormData();
  for (const [name, value] of Object.entries(own)) {
    if (name.startsWith("$ACTION")) form.append(name, /:1$/.test(name) ? bound : value);
  }
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return form;
}

function hiddenIn(form: string): Hidden {
  const inputs = [...form.matchAll(/<input type="hidden"[^>]*>/g)].map(([input]) => input);
  const attribute = (input: string, name: string) =>
    (new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1] ?? "").replaceAll("&quot;", '"');
  return Object.fromEntries(inputs.map((input) => [attribute(input, "name"), attribute(input, "value")]));
}

/** What a person would read. */
function textOf(html: string): string {
  return html
    .replace(/<(script|style)[\s\S]*?<\/\1>/g, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}
