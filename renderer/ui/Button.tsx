/** One button for text, icon or both. An icon alone still has a name, shown as its tooltip with the shortcut. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Tooltip, TooltipTrigger } from "react-aria-components";

export interface ButtonProps {
  children?: ReactNode;
  /** Accessible name; the tooltip of an icon button. */
  label?: string;
  icon?: LucideIcon;
  variant?: "primary" | "quiet" | "danger";
  size?: "large";
  /** Shown in the tooltip. */
  shortcut?: string | undefined;
  tip?: string;
  isDisabled?: boolean;
  isPending?: boolean;
  onPress?: () => void;
  type?: "submit";
  className?: string;
  pressed?: boolean;
}

export function Button({ children, label, icon: Icon, variant, size, shortcut, tip, pressed, className = "", ...rest }: ButtonProps) {
  const button = (
    <AriaButton
      {...rest}
      className={`button ${className}`}
      data-variant={variant}
      data-size={size}
      data-icon-only={children === undefined || undefined}
      {...(label === undefined ? {} : { "aria-label": label })}
      {...(pressed === undefined ? {} : { "aria-pressed": pressed })}
    >
      {Icon && <Icon size={15} strokeWidth={1.9} aria-hidden />}
      {children}
    </AriaButton>
  );
  const hint = tip ?? (children === undefined ? label : undefined);
  if (hint === undefined && shortcut === undefined) return button;
  return (
    <TooltipTrigger delay={450}>
      {button}
      <Tooltip className="tooltip" offset={6}>
        {hint ?? label} {shortcut && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
