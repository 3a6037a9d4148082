"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { ProblemText, useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";
import { PanelTitle } from "#components/ui/panel-title.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useToast } from "#components/ui/toast.tsx";
import { useKeptFocus } from "#components/ui/use-kept-focus.ts";

export function SettingsSection(props: { title: string; lead?: string; action?: ReactNode; children: ReactNode }) {
  const title = useId();
  return (
    <section aria-labelledby={title} className="panel">
      <header className="flex flex-wrap items-center gap-3 border-b px-4 py-3">
        <PanelTitle id={title} title={props.title} lead={props.lead} />
        {props.action}
      </header>
      <div className="px-4 py-3">{props.children}</div>
    </section>
  );
}

/** A list that is loading, failed, empty or there. */
export function Rows<T>(props: {
  query: { data?: { items: T[] }; error: unknown; isPending: boolean; refetch: () => unknown };
  empty?: string;
  children: (item: T) => ReactNode;
}) {
  const t = useTranslations("ui");
  const { data, error, isPending, refetch } = props.query;
  const count = data?.items.length ?? 0;
  const keptFocus = useKeptFocus<HTMLDivElement>(count);
  if (isPending) return <Skeleton className="h-10 w-full" />;
  if (error && !data)
    return (
      <Notice
        tone="problem"
        action={
          <Button size="small" onClick={() => void refetch()}>
            {t("retry")}
          </Button>
        }
      >
        <ProblemText error={error} />
      </Notice>
    );
  return (
    <div {...keptFocus} className="rounded">
      {count === 0 ? (
        <p className="text-muted text-sm">{props.empty}</p>
      ) : (
        <ul className="-my-3 divide-y">{data?.items.map(props.children)}</ul>
      )}
    </div>
  );
}

/** One thing of a list: what it is, what is known of it, what can be done. */
export function Row(props: { title: ReactNode; facts?: ReactNode; children?: ReactNode }) {
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 py-2">
      <div className="min-w-0 flex-[1_1_12rem]">
        <p className="truncate font-medium">{props.title}</p>
        {props.facts && <p className="truncate text-muted text-sm">{props.facts}</p>}
      </div>
      {props.children}
    </li>
  );
}

/** A change that is asked for, told about, and followed by asking for the list again. */
export function useChange<V>(
  send: (input: V) => Promise<unknown>,
  stale: readonly unknown[],
  done?: string | ((input: V) => string),
) {
  const queryClient = useQueryClient();
  const toast = useToast();
  const sentence = useProblemSentence();
  return useMutation({
    mutationFn: send,
    onSuccess: (_answer, input) => {
      if (done) toast("success", typeof done === "string" ? done : done(input));
    },
    onError: (error) => toast("problem", sentence(error)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: stale }),
  });
}
