"use client";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { MethodMark } from "./method-mark.tsx";
import type { ApiOperation } from "./read-document.ts";

/** All operations by group, narrowed by what is typed. Each is a link, so that it can be passed on. */
export function OperationList({ operations, openId }: { operations: readonly ApiOperation[]; openId: string | null }) {
  const t = useTranslations("apiReference");
  const [wanted, setWanted] = useState("");
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const found = operations.filter((one) => {
    const text = `${one.method} ${one.path} ${one.summary} ${one.group}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const groups = [...Map.groupBy(found, (one) => one.group)];
  return (
    <nav aria-label={t("operations")} className="flex min-h-0 flex-1 flex-col">
      <div className="border-b p-3">
        <input
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          className="field-box h-8 w-full px-2.5"
        />
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto p-2">
        {groups.length === 0 && <p className="p-2 text-muted text-sm">{t("nothingFound")}</p>}
        {groups.map(([group, members]) => (
          <section key={group} aria-label={group} className="mb-3">
            <h2 className="px-2 py-1 font-semibold text-muted text-xs first-letter:uppercase">{group}</h2>
            <ul>
              {members.map((operation) => (
                <li key={operation.id}>
                  <a
                    href={`#${operation.id}`}
                    aria-current={operation.id === openId ? "true" : undefined}
                    className={classNames(
                      "flex min-h-8 items-center gap-2 rounded-md px-2 py-1",
                      operation.id === openId ? "bg-selected" : "hover:bg-hover",
                    )}
                  >
                    <MethodMark method={operation.method} />
                    <code className="min-w-0 truncate text-xs" title={operation.path}>
                      {operation.path.replace(/^\/api/, "")}
                    </code>
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}
