/** Which genome to look at beside the loaded one: a file of this computer, or the loaded one as it was opened. */
import { FolderOpen } from "lucide-react";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { openingInput } from "../../bridge/open-lab-bridge.ts";
import { useRefusal } from "../../shell/workbench.ts";
import { Button } from "../../ui/Button.tsx";
import { t } from "../../ui/messages.ts";

export type Other = { source: "opened" | { path: string } | { text: string }; name: string };

export function useOther(): [Other | null, (other: Other | null) => void] {
  return useState<Other | null>(null);
}

export function ChooseFile({ onChoose }: { onChoose: (other: Other) => void }) {
  const refused = useRefusal();
  const take = async (file: File) => {
    const input = await openingInput(window, file);
    onChoose({ source: "path" in input ? { path: input.path } : { text: input.text }, name: file.name });
  };
  return (
    <FileTrigger
      acceptedFileTypes={[".json", ".genome", "application/json"]}
      onSelect={(files) => files?.[0] && take(files[0]).catch(refused)}
    >
      <Button icon={FolderOpen}>{t("genome.chooseFile")}</Button>
    </FileTrigger>
  );
}
