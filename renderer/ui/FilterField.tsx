/** The field above a list that narrows it. */
import { Search } from "lucide-react";
import { Input, SearchField } from "react-aria-components";

interface FilterFieldProps {
  label: string;
  /** Shown while it is empty, such as "Filter 89 rules". */
  hint: string;
  value: string;
  onChange(value: string): void;
}

export function FilterField({ label, hint, value, onChange }: FilterFieldProps) {
  return (
    <SearchField className="search" aria-label={label} value={value} onChange={onChange}>
      <Search size={14} aria-hidden />
      <Input className="search-input" placeholder={hint} />
    </SearchField>
  );
}
