import { BookmarkPlus, Camera, ChevronDown, Grid3x3, House, List, Maximize, Mouse, Ruler } from "lucide-react";
import { Toolbar } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useKeyCaps } from "#components/keyboard/key-caps.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { Menu, MenuChoice, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import { type ChangedKeys, keyOfAction } from "#lib/keyboard/keyboard-actions.ts";
import { MOUSE_PRESET_NAMES } from "#lib/preferences/preference-values.ts";
import type { MousePreset } from "./mouse-presets.ts";
import type { ViewerActionId } from "./shortcuts.ts";
import { STANDARD_VIEWS, type StandardView } from "./standard-views.ts";
import { TOOLS } from "./tool-list.ts";
import type { Tool } from "./viewer-state.ts";

export interface ViewerToolbarProps {
  wide: boolean;
  /** The standard view that is shown; null after turning by hand. */
  view: StandardView | null;
  onView: (view: StandardView | "fit") => void;
  tool: Tool | null;
  onTool: (tool: Tool | null) => void;
  /** Room for a button per tool; else they are in a menu. */
  roomy: boolean;
  wireframe: boolean;
  onWireframe: () => void;
  onScreenshot: () => void;
  /** Null: this member may not keep anything, or nothing is shown. */
  onKeepView: (() => void) | null;
  mousePreset: MousePreset;
  onMousePreset: (preset: MousePreset) => void;
  /** Keys that the member changed. */
  changedKeys: ChangedKeys;
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
  const keyOf = useKeyLabel(props.changedKeys);
  return (
    <Toolbar.Root
      aria-label={t("tools.label")}
      className="flex h-10 shrink-0 items-center gap-0.5 overflow-x-auto border-b bg-surface px-1"
    >
      {props.wide ? <ViewButtons {...props} /> : <ViewMenu {...props} />}
      <Separator />
      <ToolbarButton
        label={views("fit")}
        shortcut={keyOf("viewFit")}
        onClick={() => props.onView("fit")}
        Icon={Maximize}
      />
      {props.wide ? (
        <ToolbarButton
          label={views("home")}
          shortcut={keyOf("viewHome")}
          onClick={() => props.onView("home")}
          Icon={House}
        />
      ) : null}
      <Separator />
      {props.roomy ? <ToolButtons {...props} /> : <ToolMenu {...props} />}
      <Separator />
      <ToolbarButton
        label={t("tools.wireframe")}
        shortcut={keyOf("showTriangles")}
        pressed={props.wireframe}
        onClick={props.onWireframe}
        Icon={Grid3x3}
      />
      <ToolbarButton label={t("tools.screenshot")} onClick={props.onScreenshot} Icon={Camera} />
      {props.onKeepView ? (
        <ToolbarButton label={t("tools.keepView")} onClick={props.onKeepView} Icon={BookmarkPlus} />
      ) : null}
      <span className="flex-1" />
      <span className="sticky -right-1 flex shrink-0 gap-0.5 bg-surface pr-1">
        <MouseMenu {...props} />
        <ToolbarButton
          label={t(props.panelOpen ? "jaws.panelHide" : "jaws.panelShow")}
          pressed={props.panelOpen}
          onClick={props.onPanel}
          Icon={List}
        />
      </span>
    </Toolbar.Root>
  );
}

const VIEW_ACTIONS: Record<StandardView, ViewerActionId> = {
  front: "viewFront",
  right: "viewRight",
  left: "viewLeft",
  upper: "viewUpper",
  lower: "viewLower",
  back: "viewLingual",
  home: "viewHome",
};

/** The member's key of an action, as people read it on their keyboard. */
function useKeyLabel(changed: ChangedKeys): (id: ViewerActionId) => string {
  const caps = useKeyCaps();
  return (id) => caps(keyOfAction(id, changed)).join(" ");
}

function ViewButtons({ view, onView, changedKeys }: Pick<ViewerToolbarProps, "view" | "onView" | "changedKeys">) {
  const t = useTranslations("scanViewer.views");
  const keyOf = useKeyLabel(changedKeys);
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
      {shown.map((name) => (
        <Toolbar.ToggleItem
          key={name}
          value={name}
          title={t("withKey", { view: t(`${name}Hint`), key: keyOf(VIEW_ACTIONS[name]) })}
          className="h-8 rounded-md px-1.5 text-muted text-sm hover:bg-hover hover:text-text data-[state=on]:bg-selected data-[state=on]:font-medium data-[state=on]:text-accent"
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
        <Toolbar.Button className="flex h-8 min-w-14 items-center gap-0.5 rounded-md px-1.5 font-medium text-sm hover:bg-hover">
          <span className="truncate">{t(view === "home" ? "homeShort" : (view ?? "free"))}</span>
          <ChevronDown aria-hidden className="size-3.5 shrink-0 text-muted" />
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

function ToolButtons({ tool, onTool, changedKeys }: Pick<ViewerToolbarProps, "tool" | "onTool" | "changedKeys">) {
  const t = useTranslations("scanViewer.tools");
  const keyOf = useKeyLabel(changedKeys);
  return TOOLS.map((one) => (
    <ToolbarButton
      key={one.tool}
      label={t(one.tool)}
      shortcut={keyOf(one.action)}
      pressed={tool === one.tool}
      onClick={() => onTool(tool === one.tool ? null : one.tool)}
      Icon={one.Icon}
    />
  ));
}

function ToolMenu({ tool, onTool }: Pick<ViewerToolbarProps, "tool" | "onTool">) {
  const t = useTranslations("scanViewer.tools");
  const held = TOOLS.find((one) => one.tool === tool);
  const Icon = held?.Icon ?? Ruler;
  return (
    <Menu
      trigger={
        <Toolbar.Button
          aria-label={held ? t("toolHeld", { tool: t(held.tool) }) : t("choose")}
          aria-pressed={held !== undefined}
          className={classNames(BUTTON, "flex! w-auto! items-center gap-1 px-2")}
        >
          <Icon aria-hidden className="size-4" />
          <ChevronDown aria-hidden className="size-3.5" />
        </Toolbar.Button>
      }
    >
      <MenuChoice
        label={t("choose")}
        value={tool ?? "none"}
        options={[
          ...TOOLS.map((one) => ({ value: one.tool, label: t(one.tool) })),
          ...(tool ? [{ value: "none" as const, label: t("none") }] : []),
        ]}
        onChange={(value: Tool | "none") => onTool(value === "none" ? null : value)}
      />
    </Menu>
  );
}

function MouseMenu(props: Pick<ViewerToolbarProps, "mousePreset" | "onMousePreset" | "onKeys">) {
  const t = useTranslations("scanViewer.tools");
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
        options={MOUSE_PRESET_NAMES.map((value) => ({
          value,
          label: t("mousePreset", { preset: value }),
          hint: t("mouseHint", { preset: value }),
        }))}
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

function ToolbarButton({
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
