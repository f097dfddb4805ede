package dev.ripen.spark;

import com.google.common.hash.Hashing;
import dev.ripen.config.Definition.Predicates;
import dev.ripen.config.Definition.Source;
import dev.ripen.sqlmodel.SqlText;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule that looks at events, with everything that can change its signals in one word, {@code
 * page-view@3f9c01ab}: signals are stored under it, and models that say the same share them.
 *
 * @param event Spark SQL over the columns of the events that it looks at
 * @param points Spark SQL over the same columns; empty: the rule's number
 */
record SignalRule(
    String name, String fingerprint, Source source, String event, Optional<String> points) {

  /**
   * One rule of a definition.
   *
   * @param asked with a predicate over events
   * @param eventsText the SQL of the events that it looks at, and of all that they read
   * @param parameters of the models, without {@code as_of}: a new night is no new rule
   */
  static SignalRule of(
      String name, Predicates asked, String eventsText, Map<String, Object> parameters) {
    String event = asked.event().orElseThrow();
    String content =
        String.join(
            "\u0000",
            asked.source().name(),
            SqlText.withoutComments(event),
            SqlText.withoutComments(asked.points().orElse("")),
            SqlText.withoutComments(eventsText),
            new TreeMap<>(parameters).toString());
    String fingerprint =
        Hashing.sha256().hashString(content, StandardCharsets.UTF_8).toString().substring(0, 8);
    return new SignalRule(name, fingerprint, asked.source(), event, asked.points());
  }

  /** The word under which its signals are stored. */
  String id() {
    return name + "@" + fingerprint;
  }

  /** The rule's name in such a word. */
  static String nameIn(String id) {
    return id.substring(0, id.lastIndexOf('@'));
  }

  /** Whether its signals come from {@code account_events}. */
  boolean isOfAccount() {
    return source == Source.ACCOUNT;
  }
}
