/** What lines and orders are made of, beside the money. */

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
};

/** The price in units of 1/10,000. */
export type ItemPrice = { unitPrice?: number; accountCode?: string; taxType?: string };

export const isTracked = ({ inventoryAccountCode }: Item) => inventoryAccountCode !== undefined;
