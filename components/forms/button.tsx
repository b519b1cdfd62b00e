import type { ComponentProps, ReactNode } from "react";
import { type ButtonKind, buttonClass } from "./button-class.ts";

type ButtonProps = Omit<ComponentProps<"button">, "className" | "style"> & {
  kind?: ButtonKind;
  /** As wide as its column: the one step forward on a phone. */
  wide?: boolean;
};

/** A press that does something. Submits its form unless `type` says otherwise. */
export function Button({ kind = "primary", wide = false, type = "submit", ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={buttonClass(kind, wide)} />;
}

type ButtonLinkProps = { href: string; children: ReactNode; kind?: ButtonKind; wide?: boolean };

/** A step that only leads somewhere, looking like a button. A plain link: it works without JavaScript. */
export function ButtonLink({ href, children, kind = "primary", wide = false }: ButtonLinkProps) {
  return (
    <a href={href} className={buttonClass(kind, wide)}>
      {children}
    </a>
  );
}
