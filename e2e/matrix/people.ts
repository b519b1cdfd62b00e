/** Who tries each door: people of the firm by role, and strangers to it. */
const INSIDERS = ["viewer", "staff", "owner", "company"] as const;
export const OUTSIDERS = ["anonymous", "otherFirm", "otherCompany"] as const;
export const PEOPLE = [...OUTSIDERS, ...INSIDERS] as const;
export type Person = (typeof PEOPLE)[number];
