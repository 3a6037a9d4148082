import { BookmarkCheck, BookmarkPlus } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button, IconButton } from "#components/ui/button.tsx";

/** Keeps something with the order; says so once it is kept. `small`: only the icon. */
export function SaveFinding(props: { what: string; small?: boolean; onSave: () => Promise<boolean> }) {
  const t = useTranslations("scanViewer.findings");
  const [state, setState] = useState<"unsaved" | "saving" | "saved">("unsaved");
  const save = async () => {
    setState("saving");
    setState((await props.onSave()) ? "saved" : "unsaved");
  };
  const Icon = state === "saved" ? BookmarkCheck : BookmarkPlus;
  const label = state === "saved" ? t("savedOf", { what: props.what }) : t("saveOf", { what: props.what });
  const common = { busy: state === "saving", disabled: state === "saved", onClick: () => void save() };
  if (props.small)
    return (
      <IconButton size="small" className="h-6 w-6" label={label} {...common}>
        <Icon aria-hidden className="size-3.5" />
      </IconButton>
    );
  return (
    <Button size="small" aria-label={label} {...common}>
      <Icon aria-hidden className="size-3.5" />
      {t(state === "saved" ? "saved" : "save")}
    </Button>
  );
}
