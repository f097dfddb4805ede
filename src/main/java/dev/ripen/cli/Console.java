package dev.ripen.cli;

import dev.ripen.cli.GlobalOptions.ColorMode;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command writes: results to stdout, progress and messages to stderr. Nothing moves and
 * nothing is coloured unless stderr is a terminal.
 */
final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final boolean quiet;
  private final boolean color;
  private final boolean terminal;

  Console(GlobalOptions options) {
    this(
        System.out,
        System.err,
        options.isQuiet(),
        wantsColor(options.color(), System.getenv()),
        isTerminal());
  }

  Console(PrintStream out, PrintStream err, boolean quiet, boolean color, boolean terminal) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    this.color = color;
    this.terminal = terminal;
  }

  private static boolean isTerminal() {
    return Boolean.getBoolean("ripen.terminal");
  }

  private static boolean wantsColor(ColorMode mode, Map<String, String> environment) {
    return switch (mode) {
      case always -> true;
      case never -> false;
      case auto -> isTerminal() && !environment.containsKey("NO_COLOR");
    };
  }

  /** A line of the result. */
  void result(String text) {
    out.println(text);
    out.flush();
  }

  /** A line of progress or advice. */
  void say(String text) {
    if (!quiet) {
      err.println(text);
    }
  }

  /** Something that must be seen even with --quiet. */
  void warn(String text) {
    err.println(text);
  }

  boolean color() {
    return color;
  }

  /** Whether a moving bar may be shown. */
  boolean showsBars() {
    return terminal && !quiet;
  }
}
