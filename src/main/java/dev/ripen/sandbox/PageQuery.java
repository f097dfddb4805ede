package dev.ripen.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the list on the page asks for; nonsense falls back to the first page of MQLs. */
record PageQuery(Filter filter, String search, int page) {

  /** The tabs above the list. */
  enum Filter {
    MQL,
    NEW,
    FORMER,
    ALL
  }

  static PageQuery of(Map<String, List<String>> parameters) {
    String filter = first(parameters, "filter", "mql").toUpperCase(Locale.ROOT);
    String page = first(parameters, "page", "1");
    boolean known =
        List.of(Filter.values()).stream().anyMatch(value -> value.name().equals(filter));
    return new PageQuery(
        known ? Filter.valueOf(filter) : Filter.MQL,
        first(parameters, "q", "").trim().toLowerCase(Locale.ROOT),
        page.matches("[1-9]\\d{0,6}") ? Integer.parseInt(page) : 1);
  }

  private static String first(Map<String, List<String>> all, String name, String otherwise) {
    List<String> values = all.getOrDefault(name, List.of());
    return values.isEmpty() ? otherwise : values.get(0);
  }
}
