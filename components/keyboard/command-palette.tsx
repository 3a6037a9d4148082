"use client";
import { Dialog as Radix } from "radix-ui";
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#components/ui/class-names.ts";
import { closeOnEscape } from "#components/ui/close-on-escape.ts";
import { useReturnFocus } from "#components/ui/use-return-focus.ts";
import { KeyCaps } from "./key-caps.tsx";
import { type Command, useCommands } from "./use-commands.tsx";

/**
 * Everything that can be done or gone to, by typing a part of its name: orders, views, places, and what the page offers now. A
 * combobox: the arrows choose, Enter does it.
 */
export function CommandPalette({ onClose }: { onClose: () => void }) {
  const t = useTranslations("commands");
  const id = useId();
  const returnFocus = useReturnFocus();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const [isAwaited, setIsAwaited] = useState(false); // Enter came before what was searched
  // Never deferred: Enter must do what fits the words that stand there.
  const { groups, isSearching } = useCommands(text);
  const flat = groups.flatMap(({ commands }) => commands);
  const at = Math.min(chosen, flat.length - 1);
  function run(command: Command) {
    onClose();
    setTimeout(command.run); // once this window is gone: what it opens shall have the focus
  }
  const runAwaited = useEffectEvent(() => {
    setIsAwaited(false);
    if (flat[at]) run(flat[at]);
  });
  useEffect(() => {
    if (isAwaited && !isSearching) runAwaited();
  }, [isAwaited, isSearching]);
  function answer(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && flat.length > 0) {
      event.preventDefault();
      const next = (at + step + flat.length) % flat.length;
      setChosen(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: "nearest" });
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const isOld = isSearching && (!flat[at] || flat[at].isFound);
    if (isOld) setIsAwaited(true);
    else if (flat[at]) run(flat[at]);
  }
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-black/45" />
        <Radix.Content
          onCloseAutoFocus={returnFocus}
          onKeyDown={closeOnEscape(onClose)}
          aria-describedby={undefined}
          className="appear fixed inset-x-2 top-2 z-50 mx-auto flex max-h-[70dvh] max-w-xl flex-col overflow-hidden rounded-xl border bg-raised shadow-(color:--shadow) shadow-2xl outline-none sm:top-[12dvh]"
        >
          <Radix.Title className="sr-only">{t("title")}</Radix.Title>
          <input
            role="combobox"
            aria-expanded
            aria-controls={`${id}-list`}
            aria-activedescendant={flat[at] ? `${id}-${at}` : undefined}
            aria-label={t("title")}
            placeholder={t("placeholder")}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setChosen(0);
              setIsAwaited(false);
            }}
            onKeyDown={answer}
            className="h-12 w-full shrink-0 border-b bg-transparent px-4 text-lg outline-none placeholder:text-muted"
          />
          <div id={`${id}-list`} role="listbox" aria-label={t("results")} className="min-h-24 overflow-y-auto p-1.5">
            {groups.map(({ name, commands }) => (
              // biome-ignore lint/a11y/useSemanticElements: the options of a listbox are grouped by role, not by a fieldset
              <div key={name} role="group" aria-labelledby={`${id}-${name}`}>
                <p id={`${id}-${name}`} className="px-2.5 pt-2 pb-1 text-muted text-xs">
                  {t(name)}
                </p>
                {commands.map((command) => {
                  const place = flat.indexOf(command);
                  return (
                    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the active option
                    // biome-ignore lint/a11y/useKeyWithClickEvents: the field answers the keys
                    <div
                      key={command.id}
                      id={`${id}-${place}`}
                      role="option"
                      aria-selected={place === at}
                      onClick={() => run(command)}
                      onPointerMove={() => setChosen(place)}
                      className={classNames(
                        "flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2.5",
                        place === at && "bg-selected",
                      )}
                    >
                      <span className="min-w-0 flex-1 truncate">
                        {command.label}
                        {command.hint && <span className="ml-2 text-muted text-sm">{command.hint}</span>}
                      </span>
                      {command.key && <KeyCaps name={command.key} />}
                    </div>
                  );
                })}
              </div>
            ))}
            {flat.length === 0 && (
              <p className="px-2.5 py-6 text-center text-muted">{t(isSearching ? "searching" : "nothing")}</p>
            )}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
