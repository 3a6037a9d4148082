import { type ReactNode, useId } from "react";
import { PanelTitle } from "#components/ui/panel-title.tsx";

/** One matter of a connection, with its heading. */
export function DetailPanel(props: { title: string; lead?: ReactNode; action?: ReactNode; children: ReactNode }) {
  const title = useId();
  return (
    <section aria-labelledby={title} className="panel flex flex-col gap-3 p-4">
      <header className="flex items-start gap-3">
        <PanelTitle id={title} title={props.title} lead={props.lead} />
        {props.action}
      </header>
      {props.children}
    </section>
  );
}
