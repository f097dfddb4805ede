package dev.ripen.config;

import dev.ripen.problem.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Names that refer to something else in the definition. */
final class Names {
  private static final int MOST_LISTED = 12;

  private Names() {}

  /** The texts of a list; names that stand there twice are reported. */
  static List<String> distinct(Node node, String key) {
    List<String> names = new ArrayList<>();
    for (String name : node.texts(key)) {
      if (names.contains(name)) {
        node.invalid(key, "`" + node.pathOf(key) + "` names `" + name + "` twice", "write it once");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  /** Like {@link #distinct}; an empty list is reported. */
  static List<String> atLeastOne(Node node, String key, String example) {
    List<String> names = distinct(node, key);
    if (names.isEmpty() && node.isList(key) && !node.isFilledList(key)) {
      node.invalid(
          key, "`" + node.pathOf(key) + "` is empty", "write for example " + key + " = " + example);
    }
    return names;
  }

  /** Whether the dimension exists; if not, that is reported. */
  static boolean isDimension(
      Node node, String key, String name, Collection<String> dimensions, String what) {
    if (dimensions.contains(name)) {
      return true;
    }
    node.invalid(key, what, nearest(name, dimensions, "dimensions: "));
    return false;
  }

  /** Dimensions by name, or the word {@code all}. */
  static List<String> dimensions(Node node, String key, List<String> dimensions) {
    if (!node.isList(key)) {
      return node.parsed(
              key,
              text -> {
                if (text.equals("all")) {
                  return dimensions;
                }
                throw InvalidValue.of(
                    "not a list of dimensions",
                    dimensions.contains(text)
                        ? "write " + key + " = [ " + text + " ]"
                        : "write " + key + " = all, or for example " + key + " = [ engagement ]");
              })
          .orElse(List.of());
    }
    String at = node.pathOf(key);
    return atLeastOne(node, key, "[ engagement ]").stream()
        .filter(
            name ->
                isDimension(
                    node,
                    key,
                    name,
                    dimensions,
                    "`" + at + "` names the dimension `" + name + "`, which does not exist"))
        .toList();
  }

  /** A guess, or all that there is. */
  static String nearest(String name, Collection<String> known, String listed) {
    return NearestName.of(name, known)
        .map(near -> "did you mean `" + near + "`?")
        .orElseGet(() -> listed + listed(known));
  }

  private static String listed(Collection<String> known) {
    if (known.isEmpty()) {
      return "none";
    }
    String first = String.join(", ", known.stream().limit(MOST_LISTED).toList());
    return known.size() > MOST_LISTED ? first + ", …" : first;
  }
}
