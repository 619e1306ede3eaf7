/** What is drawn of what there is, and how old the picture is when the host is gone. */
import { Box, EyeOff, Gauge, Spline } from "lucide-react";
import { useStore } from "zustand";
import { useWorkbench } from "../../shell/workbench.ts";
import { Badge } from "../../ui/feedback.tsx";
import { t } from "../../ui/messages.ts";
import { VoxelBadge } from "./VoxelBadge.tsx";

export function SceneBadges() {
  const { stores, sceneStats } = useWorkbench();
  const { points, ofPoints, cubeAreas, pointAreas, brickAreas, boxAreas, arcs, ofArcs, saved, pictureMs, addsUp } = useStore(sceneStats);
  const recent = useStore(stores.scene, (state) => state.colourBy === "recent");
  const fired = useStore(stores.frameStats, (state) => state.fired);
  const burst = useStore(stores.frameStats, (state) => state.burst);
  const restingAt = useStore(stores.brain, ({ status }) => (status?.state === "paused" ? status.burst : null));
  const lost = useStore(stores.connection, (state) => state.phase !== "open" && state.lostAt !== null);
  const cursor = useStore(stores.selection, (state) => state.cursor);
  const flying = useStore(stores.scene, (state) => state.flying);
  const hidden = useStore(stores.scene, (state) => state.hidden.size);
  const isolated = useStore(stores.scene, (state) => state.isolated?.size ?? null);
  const areas = useStore(stores.brain, (state) => state.areas.length);
  const away = isolated === null ? hidden : areas - isolated;
  return (
    <>
      {cursor !== null && <Badge tone="warning">{t("scene.cursor", { burst: cursor })}</Badge>}
      {burst !== null && restingAt !== null && burst > restingAt && (
        <Badge tone="warning">{t("scene.ahead", { picture: burst, burst: restingAt })}</Badge>
      )}
      {flying && <Badge tone="accent">{t("scene.flying")}</Badge>}
      {lost && <Badge tone="error">{t("scene.stale")}</Badge>}
      {burst !== null && cursor === null && (
        <Badge>
          <span className="num">{t("scene.fired", { fired, burst })}</span>
        </Badge>
      )}
      <VoxelBadge />
      {recent && !addsUp && <Badge tone="warning">{t("scene.recentNot")}</Badge>}
      {points < ofPoints && (
        <Badge tone="warning">
          <Box size={11} aria-hidden />
          <span className="num">{t("scene.showing", { shown: points, of: ofPoints })}</span>
        </Badge>
      )}
      {(cubeAreas > 0 || brickAreas > 0 || boxAreas > 0) && points >= ofPoints && (
        <Badge>
          <Box size={11} aria-hidden />
          <span className="num">{detailText({ cubes: cubeAreas, points: pointAreas, bricks: brickAreas, boxes: boxAreas })}</span>
        </Badge>
      )}
      {saved.length > 0 && (
        <Badge tone="warning">
          <Gauge size={11} aria-hidden />
          <span className="num">
            {t("scene.saved", { ms: Math.round(pictureMs), what: saved.map((saving) => t(`scene.saved.${saving}`)).join(", ") })}
          </span>
        </Badge>
      )}
      {arcs < ofArcs && (
        <Badge tone="warning">
          <Spline size={11} aria-hidden />
          <span className="num">{t("scene.arcsShowing", { arcs, of: ofArcs })}</span>
        </Badge>
      )}
      {away > 0 && (
        <Badge>
          <EyeOff size={11} aria-hidden />
          <span className="num">{t("scene.hidden", { count: away })}</span>
        </Badge>
      )}
    </>
  );
}

/** Of what there is. */
function detailText(counts: Record<"cubes" | "points" | "bricks" | "boxes", number>): string {
  const kinds = (["cubes", "points", "bricks", "boxes"] as const).filter((kind) => counts[kind] > 0);
  return t("scene.detail", { parts: kinds.map((kind) => t(`scene.detail.${kind}`, { count: counts[kind] })).join(", ") });
}
