import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";

/**
 * Ends a window whose run is over, and has the focus. A component of its own: React would make a plain button of the one that
 * cancelled, and not focus it.
 */
export function BulkCloseButton({ onClose }: { onClose: () => void }) {
  const t = useTranslations("ui");
  return (
    <Button look="primary" onClick={onClose} autoFocus>
      {t("close")}
    </Button>
  );
}
