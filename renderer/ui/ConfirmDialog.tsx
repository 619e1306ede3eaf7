/** Asks before something is lost, and says what. */
import type { ReactNode } from "react";
import { AppDialog } from "./AppDialog.tsx";
import { Button } from "./Button.tsx";
import { t } from "./messages.ts";

export function ConfirmDialog({
  title,
  action,
  isOpen,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  /** What the button that does it says. */
  action: string;
  isOpen: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <AppDialog
      title={title}
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t("common.cancel")}</Button>
          <Button
            variant="danger"
            onPress={() => {
              onConfirm();
              onClose();
            }}
          >
            {action}
          </Button>
        </>
      }
    >
      {children}
    </AppDialog>
  );
}
