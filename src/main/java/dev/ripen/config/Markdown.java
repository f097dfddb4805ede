package dev.ripen.config;

/** Texts of users as Markdown shows them. Pure. */
final class Markdown {
  /** For cells of a table. */
  static final RuleWords.Style STYLE =
      new RuleWords.Style() {
        @Override
        public String sql(String sql) {
          return code(sql);
        }

        @Override
        public String label(String label) {
          return cell(label);
        }
      };

  private Markdown() {}

  /** Spark quotes names with backticks, so the code mark must be longer. */
  private static String code(String sql) {
    String line = Words.oneLine(sql).replace("|", "\\|");
    return line.contains("`") ? "`` " + line + " ``" : "`" + line + "`";
  }

  static String cell(String text) {
    return Words.oneLine(text).replaceAll("([\\\\|*_<`])", "\\\\$1");
  }

  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |";
  }
}
