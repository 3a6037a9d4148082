import { Lock, MessageSquare, Pencil, Trash2, Users } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslations } from "use-intl";
import { useProblemSentence } from "#components/portal/problem-text.tsx";
import { Button, IconButton } from "#components/ui/button.tsx";
import type { FindingItem } from "#lib/findings/finding-schema.ts";
import type { Findings } from "./use-findings.ts";

const SMALL = "h-6 w-6";

/** What is saved with the order: opened again by its name, shared, renamed, talked about, removed. */
export function FindingsList(props: {
  findings: Findings;
  mayChange: boolean;
  /** Who the other side is, for the words of sharing. */
  otherSide: "lab" | "clinic";
  onOpen: (finding: FindingItem) => void;
}) {
  const t = useTranslations("scanViewer.findings");
  const problemSentence = useProblemSentence();
  const { items, save, change, remove } = props.findings;
  const error = save.error ?? change.error ?? remove.error;
  if (items.length === 0 && !error) return null;
  return (
    <section aria-label={t("title")} className="border-t pt-3">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      {error ? (
        <p role="alert" className="mt-1 rounded-md bg-rejected-soft px-2 py-1.5 text-rejected text-xs">
          {problemSentence(error)}
        </p>
      ) : null}
      <ul className="mt-1">
        {items.map((finding) => (
          <Row key={finding.id} finding={finding} {...props} />
        ))}
      </ul>
    </section>
  );
}

function Row(props: {
  finding: FindingItem;
  findings: Findings;
  mayChange: boolean;
  otherSide: "lab" | "clinic";
  onOpen: (finding: FindingItem) => void;
}) {
  const t = useTranslations("scanViewer.findings");
  const { finding, findings } = props;
  const [renaming, setRenaming] = useState(false);
  const [talking, setTalking] = useState(false);
  const { id, name } = finding;
  const mayChange = props.mayChange && finding.own;
  const rename = (next: string) => {
    setRenaming(false);
    if (next.trim() && next.trim() !== name) findings.change.mutate({ id, name: next.trim() });
  };
  return (
    <li className="border-t py-1.5 text-sm first:border-t-0" data-finding={finding.kind}>
      {renaming ? (
        <NameField name={name} onDone={rename} />
      ) : (
        <button
          type="button"
          title={t("open", { name })}
          onClick={() => props.onOpen(finding)}
          className="flex w-full items-baseline gap-2 rounded text-left hover:text-accent"
        >
          <span className="min-w-0 flex-1 truncate font-medium">{name}</span>
          <span className="shrink-0 text-muted text-xs tabular-nums">{finding.value}</span>
        </button>
      )}
      <div className="flex items-center gap-0.5">
        <span className="min-w-0 flex-1 truncate text-muted text-xs">
          {finding.own ? (finding.author ?? t("kinds", { kind: finding.kind })) : t("from", { side: finding.side })}
        </span>
        <IconButton
          size="small"
          className={finding.thread.length > 0 ? "h-6 w-auto! px-1!" : SMALL}
          aria-expanded={talking}
          label={t("threadOf", { name, count: finding.thread.length })}
          onClick={() => setTalking(!talking)}
        >
          <MessageSquare aria-hidden className="size-3.5 shrink-0" />
          {finding.thread.length > 0 ? <span className="text-xs">{finding.thread.length}</span> : null}
        </IconButton>
        {mayChange ? (
          <>
            <IconButton
              size="small"
              className={finding.shared ? "h-6 w-6 text-accent" : SMALL}
              aria-pressed={finding.shared}
              label={t(finding.shared ? "unshare" : "share", { name, side: props.otherSide })}
              onClick={() => findings.change.mutate({ id, shared: !finding.shared })}
            >
              {finding.shared ? <Users aria-hidden className="size-3.5" /> : <Lock aria-hidden className="size-3.5" />}
            </IconButton>
            <IconButton size="small" className={SMALL} label={t("rename", { name })} onClick={() => setRenaming(true)}>
              <Pencil aria-hidden className="size-3.5" />
            </IconButton>
            <IconButton
              size="small"
              className={SMALL}
              label={t("remove", { name })}
              onClick={() => findings.remove.mutate(id)}
            >
              <Trash2 aria-hidden className="size-3.5" />
            </IconButton>
          </>
        ) : null}
      </div>
      {talking ? <Thread finding={finding} mayWrite={props.mayChange} findings={findings} /> : null}
    </li>
  );
}

function NameField({ name, onDone }: { name: string; onDone: (name: string) => void }) {
  const t = useTranslations("scanViewer.findings");
  return (
    <input
      aria-label={t("name")}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename it
      autoFocus
      defaultValue={name}
      maxLength={120}
      onBlur={(event) => onDone(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") onDone(name);
      }}
      className="field-box h-7 w-full px-2 text-sm"
    />
  );
}

/** What both sides wrote about a finding; the other side of a shared one answers here. */
function Thread({ finding, mayWrite, findings }: { finding: FindingItem; mayWrite: boolean; findings: Findings }) {
  const t = useTranslations("scanViewer.findings");
  return (
    <div className="mt-1 rounded-md bg-sunken p-2 text-xs">
      {finding.thread.length === 0 && !mayWrite ? <p className="text-muted">{t("noMessages")}</p> : null}
      {finding.thread.map((message) => (
        <p key={message.id} className="mb-1.5 whitespace-pre-wrap break-words">
          <span className="block text-muted">{message.author ?? t("from", { side: message.side })}</span>
          {message.text}
        </p>
      ))}
      {mayWrite ? (
        <MessageForm
          label={t("message")}
          action={t("send")}
          busy={findings.change.isPending}
          onSend={(message) => findings.change.mutate({ id: finding.id, message })}
        />
      ) : null}
    </div>
  );
}

/** One message; the field is empty again after it went. */
export function MessageForm(props: {
  label: string;
  action: string;
  busy: boolean;
  onSend: (text: string) => void;
  autoFocus?: boolean;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get("text") ?? "").trim();
    if (!text) return;
    props.onSend(text);
    form.reset();
  };
  return (
    <form onSubmit={submit} className="flex items-end gap-1.5">
      <textarea
        name="text"
        aria-label={props.label}
        placeholder={props.label}
        rows={2}
        maxLength={4000}
        // biome-ignore lint/a11y/noAutofocus: a pin was just set to write something at it
        autoFocus={props.autoFocus}
        className="field-box min-w-0 flex-1 resize-none px-2 py-1 text-xs"
      />
      <Button type="submit" size="small" busy={props.busy}>
        {props.action}
      </Button>
    </form>
  );
}
