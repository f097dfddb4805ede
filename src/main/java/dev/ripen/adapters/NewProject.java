package dev.ripen.adapters;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A project that is not written yet.
 *
 * @param files texts by path, relative to the project
 */
public record NewProject(SortedMap<String, String> files) {
  private static final String MARK = "# fill in";

  public NewProject {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  /**
   * A line that only the user can write.
   *
   * @param file relative to the project
   * @param line from 1
   * @param text what stands there, without the comment
   */
  public record Blank(String file, int line, String text) {}

  /** The lines that are marked as to be filled in, file by file. */
  public List<Blank> blanks() {
    List<Blank> blanks = new ArrayList<>();
    for (Map.Entry<String, String> file : files.entrySet()) {
      List<String> lines = file.getValue().lines().toList();
      for (int i = 0; i < lines.size(); i++) {
        int mark = lines.get(i).indexOf(MARK);
        if (mark >= 0) {
          String text = lines.get(i).substring(0, mark).strip().replaceAll("\\s+=\\s+", " = ");
          blanks.add(new Blank(file.getKey(), i + 1, text));
        }
      }
    }
    return blanks;
  }
}
