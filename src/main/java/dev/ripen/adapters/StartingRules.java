package dev.ripen.adapters;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A scoring.conf to start from, and its cases: the rules about events that the chosen tools can
 * tell of. Pure.
 */
final class StartingRules {
  static final String FILE = "conf/scoring.conf";
  private static final String CASES = "sql/tests/rules/";
  private static final Pattern ASKED = Pattern.compile("event_type = '(\\w+)'");
  private static final Pattern WORD = Pattern.compile("'(\\w+)'");

  private final Set<String> told;
  private final boolean anyType;
  private final boolean hasStatuses;

  /**
   * Rules for some tools.
   *
   * @param models the SQL of their events: a type that stands there can come
   * @param anyType whether one of them passes on whatever types a table has
   */
  StartingRules(Iterable<String> models, boolean anyType, boolean hasStatuses) {
    Set<String> words = new TreeSet<>();
    for (String model : models) {
      Matcher matcher = WORD.matcher(model);
      while (matcher.find()) {
        words.add(matcher.group(1));
      }
    }
    this.told = words;
    this.anyType = anyType;
    this.hasStatuses = hasStatuses;
  }

  /** Those of the common files that fit. */
  SortedMap<String, String> files(SortedMap<String, String> common) {
    SortedMap<String, String> files = new TreeMap<>();
    files.put(FILE, rules(common.get(FILE)));
    common.forEach(
        (path, text) -> {
          if (path.startsWith(CASES) && fits(common, path.substring(0, path.lastIndexOf('/')))) {
            files.put(path, text);
          }
        });
    return files;
  }

  private String rules(String text) {
    return text.lines()
        .filter(line -> !ASKED.matcher(line).find() || asksForTold(line))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private boolean asksForTold(String line) {
    Matcher asked = ASKED.matcher(line);
    return asked.find() && isTold(asked.group(1));
  }

  private boolean isTold(String type) {
    return anyType || told.contains(type);
  }

  /** A case fits if all its events can come. */
  private boolean fits(SortedMap<String, String> common, String directory) {
    if (common.containsKey(directory + "/statuses.csv") && !hasStatuses) {
      return false;
    }
    String events = common.getOrDefault(directory + "/events.csv", "");
    int type = List.of(events.lines().findFirst().orElse("").split(",", -1)).indexOf("event_type");
    return events.lines().skip(1).allMatch(line -> isTold(line.split(",", -1)[type]));
  }
}
