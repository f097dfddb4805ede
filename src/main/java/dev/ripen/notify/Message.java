package dev.ripen.notify;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Something to tell, the same for every channel.
 *
 * @param type stable name for programs: {@code run.failed}, {@code run.stopped}, {@code
 *     run.recovered}, {@code rejects.above}, {@code rejects.cleared}, {@code data.stale}, {@code
 *     data.fresh}, {@code run.slow}, {@code run.usual}, {@code mqls.new}
 * @param subject one line
 * @param lines the text, without markup
 * @param data the same for programs
 */
record Message(String type, String subject, List<String> lines, ObjectNode data) {
  Message {
    requireNonNull(type);
    // A line break here would begin another header in an e-mail.
    subject = subject.replaceAll("\\s+", " ");
    lines = List.copyOf(lines);
    requireNonNull(data);
  }

  /** Subject and lines. */
  String text() {
    return lines.isEmpty() ? subject : subject + "\n" + String.join("\n", lines);
  }
}
