import type { Place } from "#app/door/action.ts";
import { requireFirmPage } from "#app/door/firm.ts";
import { ButtonLink } from "#components/forms/button.tsx";
import { Section } from "#components/section.tsx";
import { db } from "#lib/core/db.ts";
import { may } from "#lib/firms/rules.ts";
import { listRefundsOf, readRefundable } from "#lib/payments/refunds/read-refund.ts";
import { RefundList } from "./refund/refund-list.tsx";

type RefundsSectionProps = {
  place: Place & { captureId: string };
  where: { country: string; timeZone: string };
};

/** What of a payment has gone back, and the way to give it back. */
export async function RefundsSection({ place, where }: RefundsSectionProps) {
  const { company, firm: slug, captureId } = place;
  const { firm } = await requireFirmPage(place, "see");
  const [refunds, payment] = await Promise.all([
    listRefundsOf(db(), firm, captureId),
    may(firm, "act") ? readRefundable(db(), firm, captureId) : null,
  ]);
  const mayRefund = payment?.refusal === null;
  if (refunds.length === 0 && !mayRefund) return null;
  return (
    <Section id="refunds" title="Refunds">
      {refunds.length > 0 && <RefundList refunds={refunds} where={where} />}
      {mayRefund && (
        <div className={refunds.length > 0 ? "pt-4" : ""}>
          <ButtonLink kind="quiet" href={`/firms/${company}/${slug}/payments/${captureId}/refund`}>
            Refund
          </ButtonLink>
        </div>
      )}
    </Section>
  );
}
