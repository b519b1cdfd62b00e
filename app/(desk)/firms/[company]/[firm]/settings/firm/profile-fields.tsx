"use client";

import type { ChangeEvent } from "react";
import { useAnswer } from "#app/door/action-form.tsx";
import { controlClass, FieldFrame, framed } from "#components/forms/field-frame.tsx";

/** The logo as it is, and a file to replace it. */
export function LogoField({ kept }: { kept: string | null }) {
  const said = { hint: "PNG, JPEG or WebP, at most 200 kB.", error: useAnswer().errorAt("logo") };
  return (
    <FieldFrame id="logo" label="Logo" optional {...said}>
      {kept && (
        // biome-ignore lint/performance/noImgElement: a small data: picture, nothing to optimise
        <img src={kept} alt="The logo as it is now" className="max-h-16 max-w-48 object-contain" />
      )}
      <input
        type="file"
        name="logo"
        accept="image/png,image/jpeg,image/webp"
        onChange={tellTooLarge}
        className={controlClass}
        {...framed("logo", said)}
      />
    </FieldFrame>
  );
}

/** The firm's own colour, as `#rrggbb`. */
export function AccentField({ kept }: { kept: string | null }) {
  const { errorAt, typed } = useAnswer();
  const said = { hint: null, error: errorAt("accent") };
  return (
    <FieldFrame id="accent" label="Colour" optional={false} {...said}>
      <input
        type="color"
        name="accent"
        defaultValue={typed("accent", kept ?? "#1f5443")}
        className="h-11 w-20 cursor-pointer rounded border border-edge bg-sheet p-1"
        {...framed("accent", said)}
      />
    </FieldFrame>
  );
}

/** Said before it is sent: far larger files are not let in at all. */
function tellTooLarge({ currentTarget }: ChangeEvent<HTMLInputElement>) {
  const [file] = currentTarget.files ?? [];
  currentTarget.setCustomValidity(
    file && file.size > 200_000 ? "The picture is over 200 kB. Save it smaller." : "",
  );
  currentTarget.reportValidity();
}
