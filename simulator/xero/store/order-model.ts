/** What lines and orders are made of, beside the money. */
import type { Line, LineAmountType, Stock } from "../model.ts";

export type TrackingOption = { id: string; name: string; status: TrackingStatus };
export type TrackingStatus = "ACTIVE" | "ARCHIVED" | "DELETED";

export type TrackingCategory = {
  id: string;
  name: string;
  status: TrackingStatus;
  options: TrackingOption[];
};

export type Item = {
  id: string;
  code: string;
  name?: string;
  description?: string;
  purchaseDescription?: string;
  isSold: boolean;
  isPurchased: boolean;
  sales: ItemPrice;
  purchases: ItemPrice & { cogsAccountCode?: string };
  /** Xero counts how many there are of it. */
  inventoryAccountCode?: string;
  /** Of a tracked one that was ever on an approved document. */
  stock?: Stock;
};

/** The price in units of 1/10,000. */
export type ItemPrice = { unitPrice?: number; accountCode?: string; taxType?: string };

export const isTracked = ({ inventoryAccountCode }: Item) => inventoryAccountCode !== undefined;

export const orderStatuses = ["DRAFT", "SUBMITTED", "AUTHORISED", "BILLED", "DELETED"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** No ledger knows of it: it has neither payments nor balances. */
export type PurchaseOrder = {
  id: string;
  number: string;
  reference: string;
  contactId: string;
  day: string;
  deliveryDay?: string;
  arrivalDay?: string;
  status: OrderStatus;
  lineAmountType: LineAmountType;
  lines: Line[];
  subTotal: number;
  totalTax: number;
  total: number;
  currency: string;
  rate: number;
  themeId?: string;
  sentToContact: boolean;
  deliveryAddress?: string;
  attentionTo?: string;
  telephone?: string;
  deliveryInstructions?: string;
  createdBy?: string;
};

/** A file beside a document; its bytes are kept by their hash (files.ts). */
export type Attachment = {
  id: string;
  documentId: string;
  fileName: string;
  mimeType: string;
  length: number;
  hash: string;
  includeOnline: boolean;
  createdBy?: string;
};
