"use client";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Problem } from "#components/api/problem.ts";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Notice } from "#components/ui/notice.tsx";

export type FormValues = Record<string, string>;

/** A form that sends its named fields once and shows what the API refused, at the field where the API named one. */
export function AccountForm(props: {
  submit: string;
  /** Sends the values; what it resolves to is not used. */
  send: (values: FormValues) => Promise<unknown>;
  onDone: () => void;
  children: (problemOf: (field: string) => string | undefined) => ReactNode;
}) {
  const t = useTranslations("errors");
  const [done, setDone] = useState(false);
  const sending = useMutation({
    mutationFn: props.send,
    onSuccess: () => {
      setDone(true);
      props.onDone();
    },
  });
  const named = sending.error instanceof Problem ? sending.error.invalidParams : [];
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate(Object.fromEntries(new FormData(event.currentTarget)) as FormValues);
      }}
    >
      {sending.error && (
        <Notice tone="problem">
          <ProblemText error={sending.error} />
        </Notice>
      )}
      {props.children((field) => (named.some((param) => param.name === field) ? t("invalid_body") : undefined))}
      <Button type="submit" look="primary" size="large" busy={sending.isPending || done}>
        {props.submit}
      </Button>
    </form>
  );
}
