"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { ProblemText } from "#components/portal/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { Notice } from "#components/ui/notice.tsx";
import type { OrderView } from "#lib/orders/order-schema.ts";
import { changeOrder, colleaguesQuery, noteKeys, tagsQuery } from "./notes-queries.ts";
import { orderKeys } from "./orders-queries.ts";

/** Who works on an order and how the lab calls it: seen by this organisation only. */
export function NoteDialog({ order, onClose }: { order: OrderView; onClose: () => void }) {
  const t = useTranslations("orders");
  const ui = useTranslations("ui");
  const queryClient = useQueryClient();
  const colleagues = useQuery(colleaguesQuery()).data?.items ?? [];
  const [assigneeId, setAssigneeId] = useState(order.assignee?.id ?? "");
  const [tags, setTags] = useState(order.teamTags.map(({ name }) => name));
  const save = useMutation({
    mutationFn: () => changeOrder(order.id, { assigneeId: assigneeId || null, tags }),
    onSuccess: (changed) => {
      queryClient.setQueryData(orderKeys.one(order.id), changed);
      onClose();
    },
    onSettled: () =>
      Promise.all(
        [orderKeys.lists, orderKeys.views, noteKeys.tags].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("noteTitle", { number: order.number })}
      description={t("noteLead")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button look="primary" busy={save.isPending} onClick={() => save.mutate()}>
            {ui("save")}
          </Button>
        </>
      }
    >
      <div className="mt-3 flex flex-col gap-3">
        <AssigneeField value={assigneeId} onChange={setAssigneeId} colleagues={colleagues} />
        <TagsField tags={tags} onChange={setTags} />
      </div>
      {save.error && (
        <Notice tone="problem" className="mt-3">
          <ProblemText error={save.error} />
        </Notice>
      )}
    </Dialog>
  );
}

export function AssigneeField(props: {
  value: string;
  onChange: (userId: string) => void;
  colleagues: readonly { userId: string; name: string; you: boolean }[];
}) {
  const t = useTranslations("orders");
  const mine = props.colleagues.filter(({ you }) => you);
  const others = props.colleagues.filter(({ you }) => !you);
  return (
    <SelectField
      label={t("assignee")}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      options={[
        { value: "", label: t("assigneeNone") },
        ...mine.map(({ userId, name }) => ({ value: userId, label: t("assigneeYou", { name }) })),
        ...others.map(({ userId, name }) => ({ value: userId, label: name })),
      ]}
    />
  );
}

/** Words one after the other: Enter or a comma ends one, Backspace takes the last one back; known ones are offered. */
export function TagsField({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const t = useTranslations("orders");
  const id = useId();
  const known = useQuery(tagsQuery()).data?.items ?? [];
  const [text, setText] = useState("");
  const add = (word: string) => {
    const tidy = word.trim().replace(/\s+/gu, " ");
    setText("");
    if (tidy && !tags.some((tag) => tag.toLowerCase() === tidy.toLowerCase())) onChange([...tags, tidy].slice(0, 12));
  };
  const answer = (event: KeyboardEvent<HTMLInputElement>) => {
    if ((event.key === "Enter" || event.key === ",") && text.trim()) {
      event.preventDefault();
      add(text);
    }
    if (event.key === "Backspace" && !text) onChange(tags.slice(0, -1));
  };
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        {t("teamTags")}
      </label>
      <div className="field-box flex min-h-10 flex-wrap items-center gap-1.5 px-2 py-1.5 has-[input:focus-visible]:outline-2 has-[input:focus-visible]:outline-focus has-[input:focus-visible]:outline-offset-2">
        {tags.map((tag) => (
          <span key={tag} className="inline-flex items-center gap-1 rounded-full bg-sunken py-0.5 pr-1 pl-2 text-sm">
            {tag}
            <button
              type="button"
              aria-label={t("removeTag", { tag })}
              onClick={() => onChange(tags.filter((one) => one !== tag))}
              className="rounded-full p-0.5 text-muted hover:bg-hover hover:text-text"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </span>
        ))}
        <input
          id={id}
          list={`${id}-known`}
          value={text}
          maxLength={40}
          autoComplete="off"
          aria-describedby={`${id}-hint`}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={answer}
          onBlur={() => add(text)}
          className="h-6 min-w-24 flex-1 bg-transparent outline-none"
        />
        <datalist id={`${id}-known`}>
          {known.map(({ id: tagId, name }) => (
            <option key={tagId} value={name} />
          ))}
        </datalist>
      </div>
      <p id={`${id}-hint`} className="text-muted text-sm">
        {t("teamTagsHint")}
      </p>
    </div>
  );
}
