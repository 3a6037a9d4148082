import type { ReactNode } from "react";

/** The one column of the pages before sign-in. */
export function AuthCard(props: { title: string; lead?: string; children: ReactNode; footer?: ReactNode }) {
  return (
    <div className="w-full max-w-90">
      <h1 className="font-semibold text-xl">{props.title}</h1>
      {props.lead && <p className="mt-1 text-muted text-pretty">{props.lead}</p>}
      <div className="mt-6">{props.children}</div>
      {props.footer && <p className="mt-6 text-sm">{props.footer}</p>}
    </div>
  );
}
