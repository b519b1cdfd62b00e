import { CircleCheck, CircleX, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const TONES = {
  info: { Icon: Info, word: "Note", box: "border-edge bg-tint", icon: "text-muted" },
  ok: { Icon: CircleCheck, word: "Done", box: "border-ok bg-ok-tint", icon: "text-ok" },
  warn: { Icon: TriangleAlert, word: "Attention", box: "border-warn bg-warn-tint", icon: "text-warn" },
  danger: { Icon: CircleX, word: "Problem", box: "border-danger bg-danger-tint", icon: "text-danger" },
} as const;

type NoticeProps = { tone: keyof typeof TONES; title?: string; children: ReactNode; action?: ReactNode };

/** A sentence that must not be missed, with the one thing to do about it. Its sign and its words carry it, not its colour. */
export function Notice({ tone, title, children, action }: NoticeProps) {
  const { Icon, word, box, icon } = TONES[tone];
  return (
    <div role="status" className={`flex gap-3 border-l-4 px-4 py-3 ${box}`}>
      <Icon className={`mt-0.5 size-5 flex-none ${icon}`} />
      <div className="grid min-w-0 gap-2">
        <div>
          <span className="sr-only">{word}: </span>
          {title && <p className="font-semibold">{title}</p>}
          <div>{children}</div>
        </div>
        {action && <div>{action}</div>}
      </div>
    </div>
  );
}
