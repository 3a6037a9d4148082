"use client";
import { Columns3 } from "lucide-react";
import { lazy } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button.tsx";
import { Popover } from "#components/ui/popover.tsx";

const DisplayChoices = lazy(() => import("./display-choices.tsx").then((file) => ({ default: file.DisplayChoices })));

/** The button behind which a member chooses how the list looks. */
export function DisplayMenu() {
  const t = useTranslations("orders");
  return (
    <Popover
      className="w-72"
      trigger={
        <Button>
          <Columns3 aria-hidden className="size-4" />
          {t("display")}
        </Button>
      }
    >
      <DisplayChoices />
    </Popover>
  );
}
