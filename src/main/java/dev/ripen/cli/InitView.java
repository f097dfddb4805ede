package dev.ripen.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ripen.adapters.Adapters;
import dev.ripen.adapters.NewProject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;

/** What {@code ripen init} says. */
final class InitView {
  private static final ObjectMapper JSON = new ObjectMapper();

  private InitView() {}

  /** What was written, what is still to be filled in, and how to go on. */
  static void written(
      Console console, Path directory, List<String> files, List<NewProject.Blank> blanks) {
    console.result(directory + ": " + RunView.plural(files.size(), "file") + " written");
    String project = " --project " + directory;
    String label = "Fill in   ";
    for (NewProject.Blank blank : blanks) {
      String place = directory.resolve(blank.file()) + ":" + blank.line();
      console.say(label + place + "  " + blank.text());
      label = "          ";
    }
    if (blanks.isEmpty()) {
      console.say("Next      name your tables in " + directory.resolve("conf/ripen.conf"));
    } else {
      console.say("Next      fill in these lines, then");
    }
    console.say("          ripen check --live" + project + "   see whether they fit");
    console.say("          ripen test" + project + "           run the cases of sql/tests");
  }

  /** The tools that ripen knows. */
  static void list(Console console, Adapters adapters, boolean json) {
    if (json) {
      ObjectNode node = JSON.createObjectNode();
      node.put("format", "ripen.init/1");
      adapters.crms().forEach(node.putObject("crm")::put);
      adapters.events().forEach(node.putObject("events")::put);
      adapters.warehouses().forEach(node.putObject("warehouse")::put);
      console.result(node.toPrettyString());
      return;
    }
    console.result(list("--crm", adapters.crms()));
    console.result(list("--events", adapters.events()));
    console.result(list("--warehouse", adapters.warehouses()).stripTrailing());
  }

  private static String list(String option, SortedMap<String, String> titles) {
    StringBuilder text = new StringBuilder(option).append('\n');
    titles.forEach(
        (name, title) -> text.append(String.format(Locale.ROOT, "  %-20s %s%n", name, title)));
    return text.toString();
  }
}
