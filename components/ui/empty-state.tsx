import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** An empty place: says what will appear here and how. */
export function EmptyState(props: { icon?: LucideIcon; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-6 py-16 text-center">
      {props.icon && (
        <span className="mb-4 grid size-12 place-items-center rounded-full bg-sunken text-muted">
          <props.icon aria-hidden className="size-6" strokeWidth={1.5} />
        </span>
      )}
      <h2 className="text-lg font-semibold">{props.title}</h2>
      {props.children && <p className="mt-1.5 text-muted text-pretty">{props.children}</p>}
      {props.action && <div className="mt-5 flex flex-wrap justify-center gap-2">{props.action}</div>}
    </div>
  );
}
