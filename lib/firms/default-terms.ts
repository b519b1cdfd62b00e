/** What a new firm's payers agree to until the firm publishes terms of its own. Plain text, a blank line between parts. */
export const DEFAULT_TERMS = `What you are paying
You are paying the invoices listed on this page, in the amounts shown, to the firm named at the top of it. Please check them before you go on.

How the payment is taken
The payment is made through a payment processor that the firm has chosen. Your card or bank details go straight to that processor; they are never seen or kept by the firm or by this page. You confirm that you are allowed to use the card or account that you pay with.

When it counts as paid
An invoice counts as paid when the processor confirms the payment. A card is usually confirmed within moments; a payment from a bank account can take several days. If a payment is later reversed, the amount is owed again.

Mistakes and refunds
If you paid twice, paid the wrong invoice, or think an amount is wrong, contact the firm. Refunds are made by the firm, to the card or account that you paid with. Nothing here takes away rights that the law gives you.

Your details
Your name, your e-mail address and the record of this payment are kept by the firm, to send you a receipt and to keep its books as the law requires. The time and the internet address from which you agreed to these terms are kept with the payment.`;
