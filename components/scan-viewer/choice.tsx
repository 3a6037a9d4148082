import { ToggleGroup } from "radix-ui";

/** A few short words next to each other, one of them chosen. Each is as wide as when it is chosen, so that nothing shifts. */
export function Choice<T extends string>(props: {
  label: string;
  value: T | "";
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => value && props.onChange(value as T)}
      className="flex rounded-md border bg-sunken p-0.5"
    >
      {props.options.map(({ value, label }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          data-label={label}
          className="h-6 min-w-0 flex-auto truncate rounded px-1.5 text-muted text-xs after:invisible after:block after:h-0 after:overflow-hidden after:font-medium after:content-[attr(data-label)] data-[state=on]:bg-surface data-[state=on]:font-medium data-[state=on]:text-text data-[state=on]:shadow-sm"
        >
          {label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
