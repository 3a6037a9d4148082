import { useTranslations } from "use-intl";
import { Dialog } from "#components/ui/dialog.tsx";

const ROWS = [
  ["views", "1 2 3 4 5 6 7"],
  ["turn", "← → ↑ ↓"],
  ["zoom", "+ −"],
  ["fit", "F"],
  ["jaws", "U L B"],
  ["opacity", "O"],
  ["measure", "M A D"],
  ["section", "S"],
  ["maps", "C K"],
  ["pin", "P"],
  ["wireframe", "W"],
  ["cancel", "Esc"],
  ["list", "?"],
] as const;

/** All keys of the viewer in one list. */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations("scanViewer.keys");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("title")} description={t("lead")}>
      <table className="mt-3 w-full text-sm">
        <tbody>
          {ROWS.map(([name, keys]) => (
            <tr key={name} className="border-t">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal">
                {t(name)}
              </th>
              <td className="whitespace-nowrap py-1.5 text-right">
                {keys.split(" ").map((key) => (
                  <kbd key={key} className="ml-1 rounded border bg-sunken px-1.5 font-mono text-xs">
                    {key}
                  </kbd>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
