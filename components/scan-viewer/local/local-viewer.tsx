"use client";
import { FolderOpen } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { PageHeader } from "#components/portal/page-header.tsx";
import { Button } from "#components/ui/button.tsx";
import { classNames } from "#components/ui/class-names.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ScanViewerLoader } from "../scan-viewer-loader.tsx";
import { useLocalScans } from "./use-local-scans.ts";

const ACCEPTED = ".stl,.obj,.ply,.7z,.marginLine";

/** Mesh files of this computer in the same viewer, with the same tools. Nothing of them leaves the browser. */
export function LocalViewer() {
  const t = useTranslations("scanViewer.local");
  const { scans, reading, problems, open } = useLocalScans();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const choose = () => input.current?.click();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    open([...event.dataTransfer.files]);
  };
  const openButton = (look: "primary" | "plain") => (
    <Button look={look} onClick={choose} busy={reading > 0}>
      <FolderOpen aria-hidden className="size-4" />
      {t("open")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} aside={t("private")} actions={scans.length > 0 ? openButton("plain") : null} />
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED}
        aria-label={t("open")}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          open([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {problems.length > 0 ? (
        <ul role="alert" className="shrink-0 border-b bg-rejected-soft px-4 py-2 text-rejected text-sm">
          {problems.map(({ id, name, problem, detail }) => (
            <li key={id}>{t(problem, { name, detail })}</li>
          ))}
        </ul>
      ) : null}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping files; the button does the same from the keyboard */}
      <div
        className={classNames(
          "relative min-h-0 flex-1 bg-surface",
          over && "outline-2 outline-accent -outline-offset-4",
        )}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {scans.length > 0 ? (
          <ScanViewerLoader orderId={null} scans={scans} />
        ) : (
          <EmptyState icon={FolderOpen} title={t(reading > 0 ? "reading" : "drop")} action={openButton("primary")}>
            {t("lead")}
          </EmptyState>
        )}
      </div>
    </>
  );
}
