import type { FirmFace } from "./types.ts";

/** The letterhead: logo or initials, the name people know, the name and number the register knows. */
export function FirmHead({ firm }: { firm: FirmFace }) {
  const register = [firm.registeredName === firm.name ? null : firm.registeredName, firm.registrationNumber];
  return (
    <header className="flex items-center gap-3.5 border-line border-b py-5">
      {firm.logo ? (
        // biome-ignore lint/performance/noImgElement: a small data: address; there is nothing to optimise
        <img src={firm.logo} alt="" className="max-h-12 max-w-32 flex-none rounded-sm object-contain" />
      ) : (
        <span
          aria-hidden="true"
          className="grid size-12 flex-none place-items-center rounded border border-accent font-semibold text-accent text-lg tracking-wide"
        >
          {initialsOf(firm.name)}
        </span>
      )}
      <div className="min-w-0">
        <p className="font-semibold text-lg leading-6">{firm.name}</p>
        <p className="text-muted text-xs">
          {register.filter(Boolean).map((words, index) => (
            <span key={words} className="sm:whitespace-nowrap">
              {index > 0 && " · "}
              {words}
            </span>
          ))}
        </p>
      </div>
    </header>
  );
}

function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words
    .slice(0, 2)
    .map((word) => [...word][0])
    .join("")
    .toUpperCase();
}
