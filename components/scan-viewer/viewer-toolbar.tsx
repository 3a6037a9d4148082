import { Camera, ChevronDown, Grid3x3, House, List, Maximize, Mouse, Ruler } from "lucide-react";
import { Toolbar } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { MOUSE_PRESETS, type MousePreset } from "./mouse-presets.ts";
import { STANDARD_VIEWS, type StandardView } from "./standard-views.ts";

export interface ViewerToolbarProps {
  wide: boolean;
  /** The standard view that is shown; null after turning by hand. */
  view: StandardView | null;
  onView: (view: StandardView | "fit") => void;
  measuring: boolean;
  onMeasure: () => void;
  wireframe: boolean;
  onWireframe: () => void;
  onScreenshot: () => void;
  mousePreset: MousePreset;
  onMousePreset: (preset: MousePreset) => void;
  onKeys: () => void;
  panelOpen: boolean;
  onPanel: () => void;
}

const BUTTON =
  "grid size-8 shrink-0 place-items-center rounded-md text-muted hover:bg-hover hover:text-text data-[state=on]:bg-selected data-[state=on]:text-accent aria-pressed:bg-selected aria-pressed:text-accent";

/** One row of controls with one tab stop: arrow keys move inside it. */
export function ViewerToolbar(props: ViewerToolbarProps) {
  const t = useTranslations("scanViewer");
  const views = useTranslations("scanViewer.views");
  return (
    <Toolbar.Root
      aria-label={t("tools.label")}
      className="flex h-10 shrink-0 items-center gap-0.5 overflow-x-auto border-b bg-surface px-1"
    >
      {props.wide ? <ViewButtons {...props} /> : <ViewMenu {...props} />}
      <Separator />
      <Tool label={views("fit")} shortcut="F" onClick={() => props.onView("fit")} Icon={Maximize} />
      {props.wide ? (
        <Tool label={views("home")} shortcut="7" onClick={() => props.onView("home")} Icon={House} />
      ) : null}
      <Separator />
      <Tool label={t("tools.distance")} shortcut="M" pressed={props.measuring} onClick={props.onMeasure} Icon={Ruler} />
      <Tool
        label={t("tools.wireframe")}
        shortcut="W"
        pressed={props.wireframe}
        onClick={props.onWireframe}
        Icon={Grid3x3}
      />
      <Tool label={t("tools.screenshot")} onClick={props.onScreenshot} Icon={Camera} />
      <span className="flex-1" />
      <MouseMenu {...props} />
      <Tool
        label={t(props.panelOpen ? "jaws.panelHide" : "jaws.panelShow")}
        pressed={props.panelOpen}
        onClick={props.onPanel}
        Icon={List}
      />
    </Toolbar.Root>
  );
}

function ViewButtons({ view, onView }: Pick<ViewerToolbarProps, "view" | "onView">) {
  const t = useTranslations("scanViewer.views");
  const shown = STANDARD_VIEWS.filter((name) => name !== "home");
  return (
    <Toolbar.ToggleGroup
      type="single"
      aria-label={t("label")}
      value={view ?? ""}
      // Choosing the view that is already shown comes back to it after zooming.
      onValueChange={(value) => onView((value || view || "home") as StandardView)}
      className="flex gap-0.5"
    >
      {shown.map((name, i) => (
        <Toolbar.ToggleItem
          key={name}
          value={name}
          title={t("withKey", { view: t(`${name}Hint`), key: String(i + 1) })}
          className="h-8 rounded-md px-2 text-muted text-sm hover:bg-hover hover:text-text data-[state=on]:bg-selected data-[state=on]:font-medium data-[state=on]:text-accent"
        >
          {t(name)}
        </Toolbar.ToggleItem>
      ))}
    </Toolbar.ToggleGroup>
  );
}

function ViewMenu({ view, onView }: Pick<ViewerToolbarProps, "view" | "onView">) {
  const t = useTranslations("scanViewer.views");
  return (
    <Menu
      trigger={
        <Toolbar.Button className="flex h-8 items-center gap-1 rounded-md px-2 font-medium text-sm hover:bg-hover">
          {view ? t(view) : t("free")}
          <ChevronDown aria-hidden className="size-3.5 text-muted" />
        </Toolbar.Button>
      }
    >
      <MenuChoice
        label={t("label")}
        value={view ?? ("" as StandardView)}
        options={STANDARD_VIEWS.map((name) => ({ value: name, label: t(name), hint: t(`${name}Hint`) }))}
        onChange={onView}
      />
    </Menu>
  );
}

function MouseMenu(props: Pick<ViewerToolbarProps, "mousePreset" | "onMousePreset" | "onKeys">) {
  const t = useTranslations("scanViewer.tools");
  const options = {
    standard: { label: t("mouseStandard"), hint: t("mouseStandardHint") },
    dental: { label: t("mouseDental"), hint: t("mouseDentalHint") },
  };
  return (
    <Menu
      align="end"
      trigger={
        <Toolbar.Button aria-label={t("mouse")} title={t("mouse")} className={BUTTON}>
          <Mouse aria-hidden className="size-4" />
        </Toolbar.Button>
      }
    >
      <MenuChoice
        label={t("mouse")}
        value={props.mousePreset}
        options={MOUSE_PRESETS.map((value) => ({ value, ...options[value] }))}
        onChange={props.onMousePreset}
      />
      <MenuSeparator />
      <MenuItem onSelect={props.onKeys}>
        <span className="flex-1">{t("keys")}</span>
        <kbd className="text-muted text-xs">?</kbd>
      </MenuItem>
    </Menu>
  );
}

function Tool({
  label,
  shortcut,
  pressed,
  Icon,
  ...props
}: {
  label: string;
  shortcut?: string;
  pressed?: boolean;
  Icon: (props: { className: string; "aria-hidden": true }) => ReactNode;
} & Pick<ComponentProps<"button">, "onClick">) {
  const t = useTranslations("scanViewer.views");
  return (
    <Toolbar.Button
      aria-label={label}
      aria-pressed={pressed}
      title={shortcut ? t("withKey", { view: label, key: shortcut }) : label}
      className={BUTTON}
      {...props}
    >
      <Icon aria-hidden className={classNames("size-4")} />
    </Toolbar.Button>
  );
}

function Separator() {
  return <Toolbar.Separator className="mx-1 h-5 w-px shrink-0 bg-line" />;
}
