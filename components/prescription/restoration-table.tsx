"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import type { Restoration } from "#lib/orders/order-schema.ts";
import { restorationKind } from "#lib/orders/restoration-kind.ts";
import { useToothWords } from "./use-tooth-words.ts";

type Props = {
  restorations: readonly Restoration[];
  /** Teeth about which something does not fit. */
  doubtful: ReadonlySet<number>;
  active: number | null;
  onActive: (fdi: number | null) => void;
};

export function RestorationTable({ restorations, doubtful, active, onActive }: Props) {
  const t = useTranslations("prescription");
  const words = useToothWords();
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="border-b text-left text-muted text-xs">
          {(["columnTooth", "columnType", "columnMaterial", "columnShade"] as const).map((column) => (
            <th key={column} scope="col" className="py-1.5 pr-3 font-medium first:pl-2">
              {t(column, { notation: words.notation })}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {restorations.map((restoration, row) => {
          const fdi = restoration.tooth?.fdi ?? null;
          return (
            <tr
              // biome-ignore lint/suspicious/noArrayIndexKey: a vendor may list the same restoration twice
              key={row}
              onPointerEnter={() => onActive(fdi)}
              onPointerLeave={() => onActive(null)}
              className={classNames(
                "border-b align-top last:border-0",
                fdi !== null && fdi === active ? "bg-selected" : "",
              )}
            >
              <th scope="row" className="py-1.5 pr-3 pl-2 text-left font-semibold">
                <span className="inline-flex items-center gap-1.5">
                  <span
                    aria-hidden
                    className="size-2.5 shrink-0 rounded-xs border border-line-strong"
                    style={{ background: `var(--tooth-${restorationKind(restoration)})` }}
                  />
                  {words.place(restoration)}
                  {fdi !== null && doubtful.has(fdi) && (
                    <TriangleAlert role="img" aria-label={t("doubtful")} className="size-3.5 shrink-0 text-pending" />
                  )}
                </span>
              </th>
              <td className="py-1.5 pr-3">
                <ProductName of={restoration.type ?? restoration.typeCode} otherwise={t("restoration")} />
                {restoration.method && (
                  <span className="block text-muted text-xs">
                    <ProductName of={restoration.method} />
                  </span>
                )}
              </td>
              <td className="py-1.5 pr-3">
                <ProductName of={restoration.material ?? restoration.materialCode} otherwise="–" />
              </td>
              <td className="py-1.5 pr-2">{restoration.shade ?? <span className="text-muted">{t("noShade")}</span>}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** In the reader's language; the vendor's own word shows when it is another. */
function ProductName({ of: name, otherwise }: { of: string | null; otherwise?: string }) {
  const { product } = useToothWords();
  if (!name) return otherwise;
  const said = product(name);
  return <span title={said === name ? undefined : name}>{said}</span>;
}
