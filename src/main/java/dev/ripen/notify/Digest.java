package dev.ripen.notify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The list of new MQLs with their reasons. Pure. */
final class Digest {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
  private static final ObjectMapper JSON = new ObjectMapper();

  private Digest() {}

  /**
   * The message; there must be somebody to tell about.
   *
   * @param listed the first of them
   * @param all how many there are
   */
  static Message message(RunOutcome run, List<NewMql> listed, long all) {
    List<String> lines = new ArrayList<>();
    ObjectNode data = JSON.createObjectNode();
    data.put("project", run.project()).put("run_id", run.runId());
    data.put("as_of", run.asOf().toString()).put("new_mqls", all);
    ArrayNode people = data.putArray("mqls");
    for (NewMql person : listed) {
      String who = String.join(" · ", person.fields().values());
      String since = "since " + MINUTE.format(person.since().atZone(run.zone()));
      lines.add("• " + (who.isEmpty() ? since : who + " · " + since) + ": " + person.reasons());
      ObjectNode one = people.addObject();
      ObjectNode fields = one.putObject("fields");
      person.fields().forEach(fields::put);
      one.put("mql_at", person.since().toString()).put("reasons", person.reasons());
    }
    if (all > listed.size()) {
      lines.add(String.format(Locale.ROOT, "… and %,d more, in the CRM.", all - listed.size()));
    }
    return new Message(
        "mqls.new",
        String.format(Locale.ROOT, "%s: %,d new MQL%s", run.project(), all, all == 1 ? "" : "s"),
        lines,
        data);
  }
}
