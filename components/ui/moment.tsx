"use client";
import { useFormatter, useNow } from "use-intl";
import { useDates } from "#components/portal/use-dates.ts";

/** An instant as people say it ("4 min ago"), the exact one on hover. Follows the clock. */
export function Moment({
  at,
  className,
  exact,
  narrow,
}: {
  at: string;
  className?: string;
  exact?: boolean;
  narrow?: boolean;
}) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const date = new Date(at);
  /** A clock that runs a little ahead of ours is no future. */
  const reference = date > now && date.getTime() - now.getTime() < 60_000 ? date : now;
  const precise = useDates().instant(date);
  return (
    <time dateTime={at} title={precise} className={className}>
      {exact ? precise : format.relativeTime(date, { now: reference, style: narrow ? "narrow" : "short" })}
    </time>
  );
}
