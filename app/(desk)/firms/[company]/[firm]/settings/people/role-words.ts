/** The roles as a person chooses them. */
export const ROLE_WORDS = { viewer: "Viewer", staff: "Staff", owner: "Owner" };

export const ROLE_OPTIONS = [
  { value: "viewer", label: "Viewer: sees everything, changes nothing" },
  { value: "staff", label: "Staff: works on payments and the to-do list" },
  { value: "owner", label: "Owner: settings, connections and people too" },
];
