package dev.ripen.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.identity.IdentityPath;
import dev.ripen.identity.JudgedLink.Ignored;
import dev.ripen.spark.LeadPerson.Identity;
import dev.ripen.spark.LeadPerson.IgnoredLink;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how a person's ids became one person. Pure. */
final class IdentityStory {
  private final Identity identity;

  IdentityStory(Identity identity) {
    this.identity = identity;
  }

  /**
   * Adds rows of text.
   *
   * @param zone of the days
   */
  void tell(ZoneId zone, StringBuilder text) {
    String head = "same person";
    for (IdentityPath path : identity.paths()) {
      StringBuilder way = new StringBuilder();
      for (IdentityPath.Step step : path.steps()) {
        way.append(way.isEmpty() ? "→ " : " → ").append(step.to()).append(when(step, zone));
      }
      ExplainView.row(text, head, path.id(), way.isEmpty() ? "names the person" : way.toString());
      head = "";
    }
    head = "ignored";
    for (IgnoredLink link : identity.ignored()) {
      ExplainView.row(text, head, link.id(), "with " + link.otherId() + ": " + because(link));
      head = "";
    }
  }

  private static String when(IdentityPath.Step step, ZoneId zone) {
    Instant at = ModelStory.instant(step.seenAtMicros());
    if (at == null) {
      return step.identifies() ? " (identified)" : "";
    }
    return " (" + (step.identifies() ? "identified " : "") + at.atZone(zone).toLocalDate() + ")";
  }

  private static String because(IgnoredLink link) {
    return switch (link.because()) {
      case ROLE_ADDRESS -> "a role address joins nobody";
      case TOO_MANY_IDS -> "one of the two was seen with too many ids (max-ids)";
    };
  }

  /** Adds one object. */
  void tell(OthersHidden others, ArrayNode people) {
    ObjectNode node = people.addObject().put("person_id", others.in(identity.personId()));
    ArrayNode paths = node.putArray("paths");
    for (IdentityPath path : identity.paths()) {
      ArrayNode steps = paths.addObject().put("id", others.in(path.id())).putArray("steps");
      for (IdentityPath.Step step : path.steps()) {
        steps
            .addObject()
            .put("to", others.in(step.to()))
            .put("seen_at", text(ModelStory.instant(step.seenAtMicros())))
            .put("identifies", step.identifies());
      }
    }
    ArrayNode ignored = node.putArray("ignored");
    for (IgnoredLink link : identity.ignored()) {
      ignored
          .addObject()
          .put("id", others.in(link.id()))
          .put("other_id", others.in(link.otherId()))
          .put("because", word(link.because()));
    }
  }

  private static String word(Ignored because) {
    return because.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static @Nullable String text(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
