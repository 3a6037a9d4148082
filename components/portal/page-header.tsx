import type { ReactNode } from "react";
import { LiveIndicator } from "./live-indicator.tsx";
import { OrganisationMenu } from "./organisation-menu.tsx";

/** The line on top of a page: whose, what, and what can be done here. */
export function PageHeader({ title, aside, actions }: { title: string; aside?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-2 border-b bg-surface px-4 sm:px-5 print:hidden">
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-2 py-1.5">
        <h1 className="font-semibold text-lg">{title}</h1>
        {aside && <span className="text-muted text-sm">{aside}</span>}
      </div>
      {actions}
      <LiveIndicator />
      <div className="hidden min-w-0 max-w-52 sm:block">
        <OrganisationMenu />
      </div>
    </header>
  );
}
