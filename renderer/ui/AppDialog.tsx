/** A modal dialog with a title and a way out by Escape, by the scrim and by its close button. */
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "./Button.tsx";
import { t } from "./messages.ts";

export function AppDialog({
  title,
  isOpen,
  onClose,
  children,
  footer,
  isWide = false,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  /** Room for two columns. */
  isWide?: boolean;
}) {
  return (
    <ModalOverlay className="scrim" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className="modal" data-wide={isWide || undefined}>
        <Dialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button icon={X} label={t("common.close")} variant="quiet" onPress={onClose} />
          </div>
          <div className="dialog-body">{children}</div>
          {footer && <div className="dialog-foot">{footer}</div>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
