/** Test only: somebody at work in Xero, whose every move is told by numbers, so that a seed can repeat it. */
import type { Simulator } from "../simulator-process.ts";

/** What they do, and with which of the things there are: numbers are taken modulo. */
export type Move = { what: (typeof MOVES)[number]; which: number; how: number };

export const MOVES = [
  "edit-invoice",
  "edit-terms",
  "void-invoice",
  "pay",
  "unpay",
  "reconcile",
  "credit",
  "allocate",
  "unallocate",
  "void-credit",
  "rename-contact",
  "archive-contact",
  "merge-contacts",
  "tax-rate",
  "currency",
  "theme",
  "account",
] as const;

const KINDS = ["credit-note", "overpayment", "prepayment"] as const;
const LISTS = { "credit-note": "credit-notes", overpayment: "overpayments", prepayment: "prepayments" };

type Thing = { id: string; status: string; contactId: string; [more: string]: unknown };

/** Does one move; what Xero doesn't allow just now, or what there is nothing left to do with, is left undone. */
export async function move(
  simulator: Simulator,
  tenantId: string,
  { what, which, how }: Move,
): Promise<void> {
  const list = async (path: string) => {
    const answer = await simulator.control<Record<string, Thing[]>>(
      "GET",
      `/control/xero/${path}?tenantId=${tenantId}`,
    );
    return (Object.values(answer)[0] ?? []).sort((a, b) => (a.id < b.id ? -1 : 1));
  };
  const pick = (things: Thing[]) => things[which % Math.max(1, things.length)];
  const lever = async (name: string, body: object) => {
    if (Object.values(body).includes(undefined)) return;
    await simulator
      .control("POST", `/control/xero/${name}`, { tenantId, ...body })
      .catch((error: unknown) => {
        if (!String(error).includes(": 409")) throw error;
      });
  };
  const open = async () =>
    pick((await list("invoices")).filter(({ status, type }) => status === "AUTHORISED" && type === "ACCREC"));
  const kind = KINDS[how % KINDS.length] ?? "credit-note";
  const contact = async () => pick((await list("contacts")).filter(({ status }) => status === "ACTIVE"));

  switch (what) {
    case "edit-invoice":
      return void (await lever("invoice", { invoice: (await open())?.id, total: 10_000 + how }));
    // Of a part-paid one Xero does not say that this is a change.
    case "edit-terms":
      return void (await lever("invoice", {
        ...{ invoice: (await open())?.id, contact: (await contact())?.id },
        ...{ dueDate: `2027-01-${String(1 + (how % 28)).padStart(2, "0")}`, reference: `PO ${how}` },
      }));
    case "void-invoice":
      return void (await lever("invoice", { invoice: (await open())?.id, status: "VOIDED" }));
    case "pay": {
      const invoice = await open();
      const amount = Math.max(1, Number(invoice?.amountDue) >> (how % 3)) / 100;
      const account = (await list("accounts")).find(({ type }) => type === "BANK")?.id;
      return void (await lever("pay", { invoice: invoice?.id, amount, account }));
    }
    case "unpay":
    case "reconcile": {
      const paid = pick((await list("payments")).filter(({ status }) => status === "AUTHORISED"));
      return void (await lever(what === "unpay" ? "remove-payment" : "reconcile", {
        paymentId: paid?.id,
        ...(what === "reconcile" && { isReconciled: how % 2 === 0 }),
      }));
    }
    case "credit": {
      const contactId = (await open())?.contactId;
      return void (await lever("credit", { kind, contactId, total: 50 + (how % 100) }));
    }
    case "allocate": {
      const free = pick((await list(LISTS[kind])).filter(({ status }) => status === "AUTHORISED"));
      const owed = (await list("invoices")).find(
        ({ contactId, status, type }) =>
          contactId === free?.contactId && status === "AUTHORISED" && type === "ACCREC",
      );
      if (free && owed)
        await lever("allocate", { kind, id: free.id, invoice: owed.id, amount: (1 + (how % 40)) / 2 });
      return;
    }
    case "unallocate": {
      const used = pick((await list(LISTS[kind])).filter((one) => (one.allocations as object[]).length > 0));
      const [part] = (used?.allocations ?? []) as { id: string }[];
      if (used && part) await lever("remove-allocation", { kind, id: used.id, allocationId: part.id });
      return;
    }
    case "void-credit": {
      const free = pick((await list(LISTS[kind])).filter(({ status }) => status === "AUTHORISED"));
      if (free) await lever("change-credit", { kind, id: free.id, status: "VOIDED" });
      return;
    }
    case "rename-contact":
      return void (await lever("contact", { contactId: (await contact())?.id, name: `Renamed ${how}` }));
    case "archive-contact":
      return void (await lever("contact", { contactId: (await contact())?.id, status: "ARCHIVED" }));
    case "merge-contacts": {
      const [from, into] = [await contact(), (await open())?.contactId];
      return void (await lever("merge-contacts", { from: from?.id, into }));
    }
    case "tax-rate": {
      const rate = pick(await list("tax-rates"));
      const status = how % 2 === 0 ? "ACTIVE" : "DELETED";
      return void (await lever("tax-rate", { taxType: rate?.taxType, name: `Tax ${how}`, status }));
    }
    case "currency":
      return void (await lever("currency", {
        code: ["SGD", "JPY", "EUR"][which % 3],
        isSubscribed: how % 2 === 0,
      }));
    case "theme": {
      const theme = pick(await list("branding-themes"));
      return void (
        theme &&
        (await lever("branding-theme", { themeId: theme.id, name: `Theme ${how}`, isThere: how % 5 > 0 }))
      );
    }
    case "account":
      return void (await lever("account", {
        accountId: pick(await list("accounts"))?.id,
        name: `Account ${how}`,
        status: how % 3 === 0 ? "ARCHIVED" : "ACTIVE",
      }));
  }
}
