import { Message } from "./message.tsx";

type CheckingViewProps = {
  /** Where the receipt will be sent. */
  email: string;
  /** When the page looks again by itself; null when it should not. */
  refreshSeconds: number | null;
};

/** The processor's answer was lost or is late. Nobody may pay twice because of it. */
export function CheckingView({ email, refreshSeconds }: CheckingViewProps) {
  return (
    <Message title="We're checking your payment">
      {refreshSeconds !== null && <meta httpEquiv="refresh" content={String(refreshSeconds)} />}
      <p className="font-semibold">Don't pay again.</p>
      <p>
        We are asking the card processor whether the payment arrived. We'll write to {email} within minutes.
        You may close this page{refreshSeconds === null ? "." : "; left open, it looks again by itself."}
      </p>
    </Message>
  );
}
