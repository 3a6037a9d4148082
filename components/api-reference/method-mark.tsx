import { classNames } from "#components/ui/class-names.ts";

const LOOKS: Record<string, string> = {
  GET: "bg-production-soft text-production",
  POST: "bg-accepted-soft text-accepted",
  PATCH: "bg-pending-soft text-pending",
  PUT: "bg-pending-soft text-pending",
  DELETE: "bg-rejected-soft text-rejected",
};

export function MethodMark({ method }: { method: string }) {
  return (
    <span
      className={classNames(
        "inline-block w-15 shrink-0 rounded px-1 py-0.5 text-center font-mono font-semibold text-[11px]",
        LOOKS[method] ?? "bg-sunken",
      )}
    >
      {method}
    </span>
  );
}
