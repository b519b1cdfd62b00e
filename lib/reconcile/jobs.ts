import { z } from "zod";

/** Compares a firm's three records: of late, or all of them. */
export const firmToReconcile = {
  name: "reconcile.firm",
  payload: z.strictObject({ firmId: z.uuid(), span: z.enum(["recent", "all"]) }),
};
