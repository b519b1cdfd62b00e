/** What lines and orders are made of, beside the money: tracking categories. */

export type TrackingOption = { id: string; name: string; status: TrackingStatus };
export type TrackingStatus = "ACTIVE" | "ARCHIVED" | "DELETED";

export type TrackingCategory = {
  id: string;
  name: string;
  status: TrackingStatus;
  options: TrackingOption[];
};
