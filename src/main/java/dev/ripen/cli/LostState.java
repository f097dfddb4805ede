package dev.ripen.cli;

import dev.ripen.config.DestinationSettings;
import dev.ripen.config.DestinationSettings.Mode;
import dev.ripen.history.RunRecord.Phase;
import dev.ripen.sync.PlanTotals;
import java.util.List;

/** Notices that the CRM knows more of ripen than the state does. */
final class LostState {
  private LostState() {}

  /**
   * Whether the CRM is full of what looks like ripen's work, while the state knows of none: the
   * state was lost, or somebody else writes the same fields.
   */
  static boolean isLikely(Workspace workspace, DestinationSettings settings, PlanTotals totals) {
    boolean everLive =
        workspace.state().commits().stream()
            .anyMatch(commit -> commit.mode().equals("live") && commit.phase() != Phase.STOPPED);
    return settings.mode() == Mode.LIVE
        && !settings.adopt()
        && !everLive
        && totals.filledBefore() > 0;
  }

  /** What to do about that. */
  static List<String> advice(Workspace workspace, DestinationSettings settings, PlanTotals totals) {
    return List.of(
        "! "
            + RunView.plural(totals.filledBefore(), "record")
            + " of the CRM have ripen's fields filled, but the state knows of none: nothing is sent,"
            + " as in shadow mode",
        "  was there a state? restore it to " + workspace.project().state().path(),
        "  is the work of another tool to be taken over? run once with: --set destinations."
            + settings.name()
            + ".adopt=true");
  }
}
