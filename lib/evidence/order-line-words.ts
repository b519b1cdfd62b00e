import { ORDER_FAULTS } from "#lib/orders/faults.ts";

type Words = { title: string; notes: string[] };

/** What a line of the timeline says that tells of an order; undefined for any other. `money` says minor units. */
export function ofOrder(
  action: string,
  text: (name: string) => string,
  money: (minor: string) => string,
): Words | undefined {
  const revised = Number(text("revision")) > 0 ? [`Revision ${text("revision")}`] : [];
  switch (action) {
    case "order.accepted":
      return { title: "Received, and promised to Xero", notes: revised };
    case "order.held":
      return { title: "Held", notes: [...revised, ...faultsIn(text("faults"))] };
    case "order.released":
      return { title: "Released: nothing keeps it from Xero any more", notes: revised };
    case "order.rewritten":
      return { title: "Planned anew by the mapping of now, after Xero had refused it", notes: revised };
    case "order.contact-chosen":
      return { title: `Chose the contact ${text("contact")}`, notes: [] };
    case "order.file-attached":
      return { title: `Received the file ${text("file")}`, notes: [] };
    case "order.refunded":
      return { title: `Credited ${money(text("minor"))}`, notes: [`Refund ${text("refund")}`] };
    case "order.cancelled":
      return { title: `Cancelled: ${CANCELLED[text("by")] ?? text("by")}`, notes: [] };
    default:
      return undefined;
  }
}

const CANCELLED: Record<string, string> = {
  withdrawn: "nothing of it had been sent to Xero",
  voided: "what was in Xero is voided or deleted there",
  credited: "its invoice is credited",
};

function faultsIn(codes: string): string[] {
  const known = (code: string): code is keyof typeof ORDER_FAULTS => Object.hasOwn(ORDER_FAULTS, code);
  return [...new Set(codes.split(" ").filter(Boolean))].map((code) =>
    known(code) ? ORDER_FAULTS[code].title : code,
  );
}
