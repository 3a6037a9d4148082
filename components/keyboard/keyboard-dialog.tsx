"use client";
import { RotateCcw } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useMember } from "#components/portal/member-context.tsx";
import { usePreferences } from "#components/portal/preferences-context.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import {
  findKeyConflict,
  isOfUse,
  KEYBOARD_ACTIONS,
  type KeyboardAction,
  type KeyboardActionId,
  type KeyboardScope,
  type KeyName,
  keyOfAction,
} from "#lib/keyboard/keyboard-actions.ts";
import { KeyCaps, useKeyCaps } from "./key-caps.tsx";
import { keyOfEvent } from "./key-of-event.ts";

const SECTIONS = ["everywhere", "orders", "viewer"] as const;
type Conflict = { id: KeyboardActionId; key: KeyName; other: KeyboardActionId };

/** Every key that this member has a use for; pressing one of them here gives its action another. */
export function KeyboardDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("keyboard");
  const { preferences, change } = usePreferences();
  const keys = preferences.shortcuts;
  const [changing, setChanging] = useState<KeyboardActionId | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const caps = useKeyCaps();
  const { organisationKind: side, permissions } = useMember();
  const actions = KEYBOARD_ACTIONS.filter((action) => isOfUse(action, { side, permissions }));

  function take(id: KeyboardActionId, key: KeyName) {
    setChanging(null);
    const other = findKeyConflict(id, key, keys);
    setConflict(other && { id, key, other });
    if (!other) change({ shortcuts: { ...keys, [id]: key } });
  }
  function reset(id: KeyboardActionId) {
    const { [id]: _, ...others } = keys;
    const usual = keyOfAction(id, {});
    const other = findKeyConflict(id, usual, others);
    setConflict(other && { id, key: usual, other });
    if (!other) change({ shortcuts: others });
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => !open && onClose()}
      title={t("title")}
      description={t("lead")}
      footer={
        Object.keys(keys).length > 0 && (
          <Button
            onClick={() => {
              setConflict(null);
              change({ shortcuts: {} });
            }}
          >
            <RotateCcw aria-hidden className="size-4" />
            {t("resetAll")}
          </Button>
        )
      }
    >
      {SECTIONS.map((section) => (
        <Section key={section} name={section}>
          {actions
            .filter((action) => sectionOf(action) === section)
            .map((action) => (
              <ActionRow
                key={action.id}
                action={action}
                shown={keyOfAction(action.id, keys)}
                changed={action.id in keys}
                changing={changing === action.id}
                problem={
                  conflict?.id === action.id
                    ? t("conflict", { key: caps(conflict.key).join(" "), other: t(`actions.${conflict.other}`) })
                    : null
                }
                onChange={() => {
                  setConflict(null);
                  setChanging(action.id);
                }}
                onReset={() => reset(action.id)}
              />
            ))}
        </Section>
      ))}
      {changing && <Listen onKey={(key) => take(changing, key)} onLeave={() => setChanging(null)} />}
    </Dialog>
  );
}

function sectionOf({ scopes }: KeyboardAction): (typeof SECTIONS)[number] {
  const first = scopes[0] as KeyboardScope;
  return first === "everywhere" || first === "viewer" ? first : "orders";
}

function Section({ name, children }: { name: (typeof SECTIONS)[number]; children: React.ReactNode[] }) {
  const t = useTranslations("keyboard");
  if (children.length === 0) return null;
  return (
    <section aria-labelledby={`keys-${name}`} className="mt-4">
      <h3 id={`keys-${name}`} className="font-medium text-muted text-xs">
        {t(name)}
      </h3>
      <ul>{children}</ul>
    </section>
  );
}

type RowProps = {
  action: KeyboardAction;
  shown: KeyName;
  changed: boolean;
  changing: boolean;
  problem: string | null;
  onChange: () => void;
  onReset: () => void;
};

function ActionRow({ action, shown, changed, changing, problem, onChange, onReset }: RowProps) {
  const t = useTranslations("keyboard");
  const caps = useKeyCaps();
  const sentence = t(`actions.${action.id}`);
  return (
    <li className="border-b py-1 last:border-b-0">
      <div className="flex min-h-8 items-center gap-2">
        <span className="flex-1">{sentence}</span>
        {changed && (
          <IconButton label={t("reset", { action: sentence })} onClick={onReset} className="size-7">
            <RotateCcw aria-hidden className="size-3.5" />
          </IconButton>
        )}
        {"fixed" in action ? (
          <span className="px-1.5">
            <KeyCaps name={shown} />
          </span>
        ) : (
          <button
            type="button"
            onClick={onChange}
            aria-pressed={changing}
            aria-label={changing ? t("press") : t("change", { action: sentence, key: caps(shown).join(" ") })}
            className="rounded-md px-1.5 py-1 hover:bg-hover"
          >
            {changing ? <span className="text-accent text-sm">{t("press")}</span> : <KeyCaps name={shown} />}
          </button>
        )}
      </div>
      {problem && (
        <p role="alert" className="pb-1 text-rejected text-sm">
          {problem}
        </p>
      )}
    </li>
  );
}

/** Hears the next key before anything else does, the dialog's own Escape included. */
function Listen({ onKey, onLeave }: { onKey: (key: KeyName) => void; onLeave: () => void }) {
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const key = keyOfEvent(event);
    if (!key || key === "Tab" || key === "Shift+Tab") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (key === "Escape") onLeave();
    else onKey(key);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => hear(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
  return null;
}
