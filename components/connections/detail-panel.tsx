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

/** Names on the left, what is so on the right. */
export function Facts({ facts }: { facts: { name: string; value: ReactNode }[] }) {
  return (
    <dl className="grid grid-cols-[max-content_1fr] gap-x-4 gap-y-1.5 text-sm">
      {facts.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0 break-words">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
