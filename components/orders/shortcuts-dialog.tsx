"use client";
import { useTranslations } from "use-intl";
import { Dialog } from "#components/ui/dialog.tsx";

const KEYS = [
  { keys: ["j"], label: "next" },
  { keys: ["k"], label: "previous" },
  { keys: ["Enter"], label: "open" },
  { keys: ["a"], label: "accept" },
  { keys: ["r"], label: "reject" },
  { keys: ["c"], label: "cancel" },
  { keys: ["1", "…", "6"], label: "view" },
  { keys: ["0"], label: "allOrders" },
  { keys: ["/"], label: "search" },
  { keys: ["Esc"], label: "back" },
  { keys: ["?"], label: "help" },
] as const;

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("shortcuts");
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={t("title")}>
      <dl className="mt-2 grid grid-cols-[1fr_auto] items-center gap-y-2">
        {KEYS.map(({ keys, label }) => (
          <div key={label} className="contents">
            <dt>{t(label)}</dt>
            <dd>
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="rounded border border-line-strong/50 bg-sunken px-1.5 py-0.5 font-mono text-xs"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
