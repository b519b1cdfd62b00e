/** The outside world's levers and truths (simulator/README.md), typed as far as the tests look. Money in minor units. */

export type Organisation = { tenantId: string; name: string; country: string; shortCode: string };
export type TrueInvoice = {
  id: string;
  tenantId: string;
  number: string;
  type: string;
  status: string;
  contactId: string;
  total: number;
  amountDue: number;
  amountPaid: number;
  currency: string;
  onlineInvoiceUrl: string;
};
export type TruePayment = {
  id: string;
  invoiceId: string;
  amount: number;
  reference: string;
  status: string;
  /** Of the batch payment that it is part of. */
  batchId?: string;
  accountId: string;
};
export type Letter = { id: number; to: string[]; subject: string; text: string | null; html: string | null };
export type Charge = { id: string; amount: number; currency: string; captured: boolean; paid: boolean };
type Session = { id: string; status: string; amount_total: number; metadata: Record<string, string> };

/** By short code: a flow may found another organisation of the same country. */
export const HOME = { demo: "!dM0aU", harbour: "!hB7uK", lakeview: "!lV3uS" } as const;
export type Home = keyof typeof HOME;

export class Simulator {
  readonly url: string;
  readonly #tokens = new Map<string, string>();

  constructor(url: string) {
    this.url = url;
  }

  async control<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async organisation(home: Home): Promise<Organisation> {
    type All = { organisations: Organisation[] };
    const { organisations } = await this.control<All>("GET", "/control/xero/organisations");
    const found = organisations.find(({ shortCode }) => shortCode === HOME[home]);
    if (!found) throw new Error(`The simulator has no organisation ${home}`);
    return found;
  }

  /** The living one of that number or id; a sale before a bill. */
  async invoice(home: Home, number: string): Promise<TrueInvoice> {
    const { tenantId } = await this.organisation(home);
    const query = new URLSearchParams({ tenantId, number });
    const { invoices } = await this.control<{ invoices: TrueInvoice[] }>(
      "GET",
      `/control/xero/invoices?${query}`,
    );
    const found = invoices.find(({ type }) => type === "ACCREC");
    if (!found) throw new Error(`No invoice ${number} at ${home}`);
    return found;
  }

  /** Payments that stand on it. */
  async paymentsOf({ tenantId, id }: { tenantId: string; id: string }): Promise<TruePayment[]> {
    const query = new URLSearchParams({ tenantId, invoiceId: id });
    const { payments } = await this.control<{ payments: TruePayment[] }>(
      "GET",
      `/control/xero/payments?${query}`,
    );
    return payments.filter(({ status }) => status === "AUTHORISED");
  }

  /** What somebody does inside Xero: `inside("invoice", { invoice, status: "VOIDED" })`. */
  async inside(home: Home, what: string, input: object): Promise<void> {
    const { tenantId } = await this.organisation(home);
    await this.control("POST", `/control/xero/${what}`, { tenantId, ...input });
  }

  /** Stays until `clearFaults`, or `times` requests. */
  async fault(path: string, effect: object, more: { method?: string; times?: number } = {}): Promise<void> {
    await this.control("POST", "/control/faults", { path, effect, ...more });
  }

  async clearFaults(): Promise<void> {
    await this.control("DELETE", "/control/faults");
    await this.control("POST", "/control/stripe/webhook-faults", {});
    await this.control("POST", "/control/webhooks/faults", {});
  }

  /** Charges that took money, newest first, of sessions for this amount. */
  async charges(amount: number): Promise<Charge[]> {
    type Truth = { accounts: { charges: Charge[] }[] };
    const { accounts } = await this.control<Truth>("GET", "/control/stripe/truth");
    return accounts
      .flatMap(({ charges }) => charges)
      .filter((charge) => charge.paid && charge.captured && charge.amount === amount);
  }

  async sessions(amount: number): Promise<Session[]> {
    type Truth = { accounts: { sessions: Session[] }[] };
    const { accounts } = await this.control<Truth>("GET", "/control/stripe/truth");
    return accounts.flatMap(({ sessions }) => sessions).filter((session) => session.amount_total === amount);
  }

  async letters(to: string, subject = ""): Promise<Letter[]> {
    const query = new URLSearchParams({ to, subject });
    return (await this.control<{ messages: Letter[] }>("GET", `/control/mail?${query}`)).messages;
  }

  async journal(kind: string): Promise<{ seq: number; kind: string; data: Record<string, unknown> }[]> {
    type Entries = { entries: { seq: number; kind: string; data: Record<string, unknown> }[] };
    return (await this.control<Entries>("GET", `/control/journal?kind=${kind}&limit=5000`)).entries;
  }

  /** The Accounting API as another program of the firm uses it: a custom connection of its own. */
  async books<T>(home: Home, method: string, path: string, body?: object): Promise<T> {
    const { tenantId } = await this.organisation(home);
    const token = this.#tokens.get(home) ?? (await this.#connectBilling(home, tenantId));
    const answer = await fetch(`${this.url}/api.xro/2.0/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        "xero-tenant-id": tenantId,
        accept: "application/json",
        "content-type": "application/json",
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  async #connectBilling(home: Home, tenantId: string): Promise<string> {
    const clientId = `B1111NG${home.toUpperCase()}`.padEnd(32, "0");
    const scopes = ["accounting.invoices", "accounting.contacts"];
    const secret = "billing-secret";
    await this.control("PUT", `/control/apps/${clientId}`, {
      name: "Billing",
      kind: "custom",
      secret,
      custom: { tenantId, scopes },
    });
    const answer = await fetch(`${this.url}/connect/token`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}` },
      body: new URLSearchParams({ grant_type: "client_credentials", scope: scopes.join(" ") }),
    });
    const { access_token } = (await answer.json()) as { access_token?: string };
    if (!access_token) throw new Error(`No token for the billing program: ${answer.status}`);
    this.#tokens.set(home, access_token);
    return access_token;
  }
}
