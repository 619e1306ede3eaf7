/** A panel that fails stays alone with its failure: the rest of the window goes on, and it can be opened again. */
import { RotateCcw } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "../ui/Button.tsx";
import { messageOf } from "../ui/error-text.ts";
import { Notice } from "../ui/feedback.tsx";
import { t } from "../ui/messages.ts";

export class PanelBoundary extends Component<{ name: string; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="panel">
        <div className="section">
          <Notice severity="error" title={t("boundary.title", { panel: this.props.name })} live>
            <span>{messageOf(this.state.error)}</span>
            <span>{t("boundary.safe")}</span>
            <span>
              <Button icon={RotateCcw} onPress={() => this.setState({ error: null })}>
                {t("boundary.again")}
              </Button>
            </span>
          </Notice>
        </div>
      </div>
    );
  }
}
