/** Ids of a firm's things, and addresses made of them. */
import { randomBytes, randomUUID } from "node:crypto";

export type Place = { company: string; firm: string };

/** A firm's place and the ids of its things. */
export type Facts = Place & {
  connectionId: string;
  tenantId: string;
  accountId: string;
  /** Of the organisation, beside its clearing account. */
  bankAccountId: string;
  membershipId: string;
  postingId: string;
  otherPostingId: string;
  breakId: string;
  /** One that waits for a person. */
  payoutId: string;
  thirdPostingId: string;
  /** An e-mail that could not be delivered. */
  letterId: string;
  apiKeyId: string;
  /** Of a request that was asked with that key. */
  requestId: string;
  itemKindId: string;
  tenderId: string;
  /** One that is held, since its buyer, who goes by this key, may be this contact. */
  orderId: string;
  buyerKey: string;
  buyerContactId: string;
  /** One whose invoice is in Xero. */
  writtenOrderId: string;
  /** A file of orders that was not sent yet, and the mark of what its page shows. */
  uploadId: string;
  uploadSeen: string;
  captureId: string;
  flowId: string;
  appId: string;
  processorAccountId: string;
  termsVersion: string;
  checkoutToken: string;
  passwordToken: string;
  /** The query of a payer's link, as the forms of the pay page send it back. */
  link: string;
  /** The address that a code may go to, as its page names it. */
  codeKey: string;
  invoice: string;
  spareApp: { clientId: string; clientSecret: string };
  /** Of a custom connection at Xero, for harbour's own organisation. */
  customApp: { clientId: string; clientSecret: string };
  credentials: { email: string; password: string };
};

/** A path of the source with the facts filled in. */
export function fill(path: string, facts: Facts): string {
  const token = path.startsWith("/sign-in") ? facts.passwordToken : facts.checkoutToken;
  const parts: Record<string, string> = {
    "[company]": facts.company,
    "[firm]": facts.firm,
    "[flow]": facts.flowId,
    "[token]": token,
    "[captureId]": facts.captureId,
    "[requestId]": facts.requestId,
    "[orderId]": facts.orderId,
    "[uploadId]": facts.uploadId,
    "[id]": facts.orderId,
    "[...path]": "no/such/call",
    "[appId]": facts.appId,
    "[code]": "key-unknown",
    "[accountId]": facts.processorAccountId,
    "[...nextauth]": "session",
    "[...page]": `${facts.company}/${facts.firm}`,
    "[...rest]": `company/${facts.company}/firm/${facts.firm}/invoiceNo/INV-3002/amount/120.50`,
  };
  const filled = path.replace(/\[[^\]]+\]/g, (part) => {
    const value = parts[part];
    if (value === undefined)
      throw new Error(`${path} has a part ${part}: give it a value in e2e/matrix/world.ts`);
    return value;
  });
  return filled === `/pay/${facts.company}/${facts.firm}` || filled.endsWith("/code")
    ? `${filled}?${facts.link}`
    : filled;
}

/** The same shapes, and nobody has them. */
export function nobodys(theirs: Facts): Facts {
  return {
    ...theirs,
    company: "nowhere0",
    firm: "nothing",
    connectionId: randomUUID(),
    tenantId: randomUUID(),
    accountId: randomUUID(),
    bankAccountId: randomUUID(),
    membershipId: randomUUID(),
    postingId: randomUUID(),
    otherPostingId: randomUUID(),
    breakId: randomUUID(),
    payoutId: randomUUID(),
    thirdPostingId: randomUUID(),
    letterId: randomUUID(),
    apiKeyId: randomUUID(),
    requestId: "req_NOBODY2345",
    itemKindId: randomUUID(),
    tenderId: randomUUID(),
    orderId: randomUUID(),
    buyerKey: "email:nobody@quayside.example",
    buyerContactId: randomUUID(),
    writtenOrderId: randomUUID(),
    uploadId: randomUUID(),
    captureId: randomUUID(),
    flowId: randomUUID(),
    appId: randomUUID(),
    processorAccountId: randomUUID(),
    invoice: randomUUID(),
    checkoutToken: randomBytes(32).toString("base64url"),
    passwordToken: randomBytes(32).toString("base64url"),
    link: "amount=120.50&invoice=INV-0000",
    codeKey: randomBytes(16).toString("base64url"),
  };
}
