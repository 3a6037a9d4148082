import { classNames } from "#components/ui/class-names.ts";

/** Text as a machine wrote it. It scrolls by itself, so the keyboard must reach it. */
export function CodeBlock({ label, text, className }: { label: string; text: string; className?: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a place that scrolls is reached by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className={classNames("overflow-auto rounded-lg bg-sunken p-3", className)}
    >
      <pre className="text-xs">{text}</pre>
    </section>
  );
}
