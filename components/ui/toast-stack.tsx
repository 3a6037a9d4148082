"use client";
import { CircleAlert, CircleCheck, Info, X } from "lucide-react";
import { Toast as Radix } from "radix-ui";
import { useTranslations } from "use-intl";

export type Tone = "success" | "problem" | "information";
export type Message = { id: number; tone: Tone; text: string };

const ICONS = { success: CircleCheck, problem: CircleAlert, information: Info } as const;
const COLOURS = { success: "text-accepted", problem: "text-rejected", information: "text-production" } as const;

/** What is being said, newest last; loaded with the first message. */
export function ToastStack(props: { messages: readonly Message[]; forget: (id: number) => void }) {
  const t = useTranslations("ui");
  return (
    <Radix.Provider duration={6000} label={t("notifications")}>
      {props.messages.map((message) => {
        const Icon = ICONS[message.tone];
        return (
          <Radix.Root
            key={message.id}
            onOpenChange={(open) => !open && props.forget(message.id)}
            className="appear flex items-start gap-2.5 rounded-lg border bg-raised px-3 py-2.5 shadow-(color:--shadow) shadow-lg"
          >
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${COLOURS[message.tone]}`} />
            <Radix.Description className="flex-1">{message.text}</Radix.Description>
            <Radix.Close aria-label={t("dismiss")} className="rounded p-0.5 text-muted">
              <X aria-hidden className="size-4" />
            </Radix.Close>
          </Radix.Root>
        );
      })}
      <Radix.Viewport className="fixed right-4 bottom-20 left-4 z-50 flex flex-col gap-2 outline-none sm:left-auto sm:bottom-4 sm:w-96" />
    </Radix.Provider>
  );
}
