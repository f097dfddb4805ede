package dev.ripen.spark;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Results as JUnit XML, which build servers read. */
public final class ModelCaseXml {
  private ModelCaseXml() {}

  /** One suite per model, in the order of names. */
  public static String write(List<ModelCaseResult> results) {
    Map<String, StringBuilder> suites = new TreeMap<>();
    for (ModelCaseResult result : results) {
      suites.computeIfAbsent(result.suite(), name -> new StringBuilder()).append(testCase(result));
    }
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuites").append(counts(results)).append(">\n");
    suites.forEach(
        (name, cases) ->
            xml.append("  <testsuite name=\"")
                .append(escape(name))
                .append('"')
                .append(counts(results.stream().filter(r -> r.suite().equals(name)).toList()))
                .append(">\n")
                .append(cases)
                .append("  </testsuite>\n"));
    return xml.append("</testsuites>\n").toString();
  }

  private static String counts(List<ModelCaseResult> results) {
    long failures = results.stream().filter(result -> !result.passed()).count();
    return " tests=\"" + results.size() + "\" failures=\"" + failures + "\" errors=\"0\"";
  }

  private static String testCase(ModelCaseResult result) {
    String start =
        "    <testcase classname=\""
            + escape("sql.tests." + result.suite())
            + "\" name=\""
            + escape(result.name())
            + "\"";
    if (result.passed()) {
      return start + "/>\n";
    }
    String first = result.message().lines().findFirst().orElse("");
    return start
        + ">\n      <failure message=\""
        + escape(first)
        + "\">"
        + escape(result.message())
        + "</failure>\n    </testcase>\n";
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.appendCodePoint(isAllowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** XML 1.0 knows no other control characters, not even escaped. */
  private static boolean isAllowed(int c) {
    return c == '\n'
        || c == '\t'
        || c == '\r'
        || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF));
  }
}
