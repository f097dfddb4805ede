package dev.ripen.sqlmodel;

import static java.util.Objects.requireNonNull;

import dev.ripen.sqlmodel.SqlReader.ParsedSql;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One SQL file of a project: a SELECT with a name.
 *
 * @param name of the view: the file name without {@code .sql}; {@code crm_<destination>} for {@code
 *     sql/crm/<destination>.sql}
 * @param path relative to the project, with slashes
 * @param grain the first line, after the two dashes
 * @param checks in the order of the file
 */
public record SqlModel(
    String name,
    String path,
    String text,
    Layer layer,
    String grain,
    List<ModelCheck> checks,
    ParsedSql parsed) {
  public SqlModel {
    requireNonNull(name);
    requireNonNull(path);
    requireNonNull(text);
    requireNonNull(layer);
    requireNonNull(grain);
    requireNonNull(parsed);
    checks = List.copyOf(checks);
  }

  /** Source tables that it reads itself, {@code source.table} in lower case, each once. */
  public Set<String> sourceTables() {
    return parsed.relations().stream()
        .filter(relation -> relation.parts().size() > 1)
        .map(relation -> String.join(".", relation.parts()).toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The same model with some of its checks. */
  public SqlModel withChecks(List<ModelCheck> some) {
    return new SqlModel(name, path, text, layer, grain, some, parsed);
  }

  /** Where in the way of the data a model stands. */
  public enum Layer {
    /** {@code sql/staging}: one source table, renamed and cast. */
    STAGING,
    /** Leads, events, identities, identity_links, statuses, attribute_changes, spend. */
    CANONICAL,
    /** {@code sql/scores.sql}. */
    SCORES,
    /** {@code sql/crm}: one row per record of a CRM. */
    CRM,
    /** Any other file directly in {@code sql}. */
    OTHER
  }
}
