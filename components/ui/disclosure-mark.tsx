import { ChevronRight } from "lucide-react";

/** Tells that a `summary` opens something, and whether it is open; the `details` around it is a `group`. */
export function DisclosureMark() {
  return (
    <ChevronRight
      aria-hidden
      className="-ml-1 size-4 shrink-0 text-muted group-open:rotate-90 motion-safe:transition-transform"
    />
  );
}
