import type { ReactNode } from "react";

/** What a panel is about; `id` is what its section is labelled by. */
export function PanelTitle({ id, title, lead }: { id: string; title: string; lead?: ReactNode }) {
  return (
    <div className="min-w-0 flex-[1_1_16rem]">
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      {lead && <p className="text-muted text-sm text-pretty">{lead}</p>}
    </div>
  );
}
