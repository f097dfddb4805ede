package dev.ripen.config;

import com.typesafe.config.ConfigOrigin;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.SourceSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of the configuration files, to show where something is. Never shows a secret. */
final class SourceTexts {
  private static final Set<String> SECRET_KEYS =
      Set.of("token", "password", "private-key", "private-key-passphrase");
  private static final Pattern QUOTED_OR_COMMENT =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|#.*|//.*");
  private static final Pattern PAIR =
      Pattern.compile("([\\w.-]+)(\"?\\s*\\+?[=:]\\s*)(\"[^\"]*\"?|[^\\s,{}\\[\\]]+)");

  /** Addresses of chat webhooks: whoever has one may post. */
  private static final Pattern WEBHOOK =
      Pattern.compile("(https?://[^\\s\"/]+/(?:services|hooks|api/webhooks)/)[^\\s\"]+");

  private static final Pattern SECRET_IN_URL =
      Pattern.compile("(?i)((?:password|pwd|token|secret)=|//[^/\\s:@\"]*:)[^@&;\\s\"]+");

  private final Path project;
  private final Map<Path, List<String>> lines = new HashMap<>();
  private @Nullable Path given;

  SourceTexts(Path project) {
    this.project = project;
  }

  /**
   * Where a key stands.
   *
   * @param near where to look if the value is from the environment: the object with the key
   * @param after the key is not before this place, if that is in the same line
   */
  SourceSpan at(ConfigOrigin origin, ConfigOrigin near, @Nullable SourceSpan after, String key) {
    Path file = fileOf(origin);
    if (file != null) {
      return line(file, origin.lineNumber(), after, key);
    }
    Path nearFile = fileOf(near);
    if (nearFile != null && origin.description().contains(HoconFiles.ENVIRONMENT)) {
      return line(nearFile, lineOf(nearFile, near.lineNumber(), key), after, key);
    }
    return SourceSpan.ofFile(origin.description());
  }

  /** Null if the value does not stand in a line of a text. */
  private @Nullable Path fileOf(ConfigOrigin origin) {
    if (origin.lineNumber() < 1) {
      return null;
    }
    if (origin.filename() != null) {
      return Path.of(origin.filename());
    }
    Path text = given;
    return text != null && origin.description().startsWith(shown(text)) ? text : null;
  }

  /**
   * Takes a text that is in no file.
   *
   * @return what to name it
   */
  Path give(String name, String text) {
    Path file = project.resolve(name);
    lines.put(file, text.lines().toList());
    given = file;
    return file;
  }

  /** A line of a file; the column is that of the key, if the key is in the line. */
  SourceSpan line(Path file, int line, @Nullable SourceSpan after, String key) {
    String text = textOf(file, line);
    boolean sameLine = after != null && after.line() == line && after.file().equals(shown(file));
    int column = column(text, key, sameLine ? after.column() : 0);
    return new SourceSpan(shown(file), line, column, redacted(text));
  }

  /** The path as the user would type it. */
  String shown(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(project) ? project.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }

  String textOf(Path file, int line) {
    List<String> all = linesOf(file);
    return line >= 1 && line <= all.size() ? all.get(line - 1) : "";
  }

  /** Where a key starts in its line, from 1 and not before {@code from}; 0 if it is not there. */
  private static int column(String line, String key, int from) {
    if (key.isEmpty()) {
      return 0;
    }
    Matcher matcher =
        Pattern.compile("(?:^|[\\s,{\\[.\"])(" + Pattern.quote(key) + ")\"?\\s*(?:[=:{.]|\\+=)")
            .matcher(line);
    return matcher.find(Math.min(from, line.length())) ? matcher.start(1) + 1 : 0;
  }

  /** The line without the values of keys that are secret, or nearly so: {@code tokn = "…"}. */
  static String redacted(String line) {
    String plain =
        PAIR.matcher(line)
            .replaceAll(
                pair ->
                    Matcher.quoteReplacement(
                        isShown(pair.group(1), pair.group(3))
                            ? pair.group()
                            : pair.group(1) + pair.group(2) + "\"***\""));
    String urls = SECRET_IN_URL.matcher(plain).replaceAll("$1***");
    return WEBHOOK.matcher(urls).replaceAll("$1***");
  }

  private static boolean isShown(String key, String value) {
    return value.startsWith("$")
        || value.startsWith("\"file:")
        || (!SecretReader.isSecret(key) && NearestName.of(key, SECRET_KEYS).isEmpty());
  }

  /** The line of the innermost brace or bracket that nothing closes; 0 if there is none. */
  int lineOfUnclosed(Path file) {
    Deque<Integer> open = new ArrayDeque<>();
    List<String> all = linesOf(file);
    for (int line = 1; line <= all.size(); line++) {
      String code = QUOTED_OR_COMMENT.matcher(all.get(line - 1)).replaceAll("");
      for (int i = 0; i < code.length(); i++) {
        if (code.charAt(i) == '{' || code.charAt(i) == '[') {
          open.push(line);
        } else if ((code.charAt(i) == '}' || code.charAt(i) == ']') && !open.isEmpty()) {
          open.pop();
        }
      }
    }
    return open.isEmpty() ? 0 : open.peek();
  }

  private int lineOf(Path file, int from, String key) {
    List<String> all = linesOf(file);
    for (int line = from; line <= all.size(); line++) {
      if (column(all.get(line - 1), key, 0) > 0) {
        return line;
      }
    }
    return from;
  }

  private List<String> linesOf(Path file) {
    return lines.computeIfAbsent(
        file,
        path -> {
          try {
            return Files.readString(path, StandardCharsets.UTF_8).lines().toList();
          } catch (IOException e) {
            // The place is a help, not a must: the file was read a moment ago.
            return List.of();
          }
        });
  }
}
