package dev.ripen.config;

import com.typesafe.config.ConfigOrigin;
import dev.ripen.problem.SourceSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lines of the configuration files, to show where something is. Never shows a secret. */
final class SourceTexts {
  private static final Pattern LITERAL_SECRET =
      Pattern.compile(
          "((?i:[\\w.-]*(?:token|password|passphrase|private-key|secret))[\\w.-]*\"?\\s*\\+?[=:]\\s*)"
              + "(?!\\$\\{|\"file:|\\{)(\"[^\"]*\"?|[^\\s,}]+)");

  private final Path project;
  private final Map<Path, List<String>> lines = new HashMap<>();

  SourceTexts(Path project) {
    this.project = project;
  }

  /**
   * Where a key stands.
   *
   * @param near where to look if the origin is no file: the object that holds the key
   */
  SourceSpan at(ConfigOrigin origin, @Nullable ConfigOrigin near, String key) {
    if (origin.filename() != null && origin.lineNumber() > 0) {
      return line(Path.of(origin.filename()), origin.lineNumber(), key);
    }
    if (near != null && near.filename() != null && near.lineNumber() > 0) {
      Path file = Path.of(near.filename());
      return line(file, lineOf(file, near.lineNumber(), key), key);
    }
    return SourceSpan.ofFile(origin.description());
  }

  /** A line of a file; the column is that of the key, if the key is in the line. */
  SourceSpan line(Path file, int line, String key) {
    String text = textOf(file, line);
    return new SourceSpan(shown(file), line, column(text, key), redacted(text));
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

  /** Where a key starts in its line, from 1; 0 if it is not there. */
  static int column(String line, String key) {
    if (key.isEmpty()) {
      return 0;
    }
    Matcher matcher =
        Pattern.compile("(?:^|[\\s,{\\[.\"])(" + Pattern.quote(key) + ")\"?\\s*(?:[=:{.]|\\+=)")
            .matcher(line);
    return matcher.find() ? matcher.start(1) + 1 : 0;
  }

  static String redacted(String line) {
    return LITERAL_SECRET.matcher(line).replaceAll("$1\"***\"");
  }

  private int lineOf(Path file, int from, String key) {
    List<String> all = linesOf(file);
    for (int line = from; line <= all.size(); line++) {
      if (column(all.get(line - 1), key) > 0) {
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
