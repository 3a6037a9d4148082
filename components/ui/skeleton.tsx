import { classNames } from "./class-names.ts";

/** A grey stand-in with the size of what is coming, so that nothing moves when it arrives. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames("pulse-soft block rounded bg-line", className ?? "h-4 w-24")} />;
}
