import type { FirmFace } from "./types.ts";

/** Whom to ask: "Demo Accountants: pay@demo.example or 02 5550 1234". */
export function Ask({ firm }: { firm: FirmFace }) {
  const { name, supportEmail, supportPhone } = firm;
  return (
    <>
      {name}
      {(supportEmail || supportPhone) && ": "}
      {supportEmail && <a href={`mailto:${supportEmail}`}>{supportEmail}</a>}
      {supportEmail && supportPhone && " or "}
      {supportPhone && (
        <a href={`tel:${supportPhone.replace(/[^\d+]/g, "")}`} className="whitespace-nowrap">
          {supportPhone}
        </a>
      )}
    </>
  );
}
