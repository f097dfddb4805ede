package dev.ripen.spark;

import static org.apache.spark.sql.functions.col;

import dev.ripen.identity.IdentityPath;
import dev.ripen.identity.IdentityPaths;
import dev.ripen.identity.IdentityRules;
import dev.ripen.identity.JudgedLink;
import dev.ripen.identity.JudgedLink.Ignored;
import dev.ripen.identity.Link;
import dev.ripen.spark.LeadPerson.Identity;
import dev.ripen.spark.LeadPerson.IgnoredLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** How a lead's ids became one person, as the state has it. */
final class LeadIdentity {
  private final KnownThen known;
  private final IdentityRules rules;

  LeadIdentity(KnownThen known, IdentityRules rules) {
    this.known = known;
    this.rules = rules;
  }

  /**
   * One for each person whose ids the lead has, in a sound project one.
   *
   * @param visitorIds of the lead
   */
  List<Identity> of(Collection<String> visitorIds) {
    Optional<Dataset<Row>> people = known.table(PeopleRows.VIEW);
    Optional<Dataset<Row>> links = known.table(LinkRows.TABLE);
    if (people.isEmpty() || links.isEmpty() || visitorIds.isEmpty()) {
      return List.of();
    }
    TreeSet<String> persons = new TreeSet<>(Link.BY_BYTES);
    TreeSet<String> components = new TreeSet<>(Link.BY_BYTES);
    for (Row row :
        people.get().where(in("id", visitorIds)).where("person_id IS NOT NULL").collectAsList()) {
      persons.add(row.getAs("person_id"));
      components.add(row.getAs("component"));
    }
    Dataset<Row> members = people.get().where(in("component", components));
    Map<String, @Nullable String> personOf = new HashMap<>();
    members
        .select("id", "person_id")
        .collectAsList()
        .forEach(row -> personOf.put(row.getString(0), row.getString(1)));
    List<Link> counting =
        LinkRows.judgedLinks(
                links
                    .get()
                    .where("ignored IS NULL AND id <> other_id")
                    .join(members.select("id"), "id"))
            .stream()
            .map(JudgedLink::link)
            .toList();
    List<JudgedLink> ignored =
        LinkRows.judgedLinks(
            links
                .get()
                .where("ignored IS NOT NULL")
                .where(in("id", visitorIds).or(in("other_id", visitorIds))));
    List<Identity> identities = new ArrayList<>();
    for (String person : persons) {
      List<IdentityPath> paths = IdentityPaths.of(counting, personOf, person, rules);
      Set<String> own = paths.stream().map(IdentityPath::id).collect(Collectors.toSet());
      identities.add(new Identity(person, paths, ignored(ignored, own)));
    }
    return identities;
  }

  private List<IgnoredLink> ignored(List<JudgedLink> links, Set<String> own) {
    Predicate<String> role = Pattern.compile(rules.rolePattern()).asPredicate();
    List<IgnoredLink> ignored = new ArrayList<>();
    for (JudgedLink judged : links) {
      Ignored because = judged.ignored();
      Link link = judged.link();
      String id = own.contains(link.id()) ? link.id() : link.otherId();
      if (because != null && own.contains(id)) {
        String other = link.other(id);
        ignored.add(new IgnoredLink(id, other, because, role.test(other)));
      }
    }
    ignored.sort(
        Comparator.comparing(IgnoredLink::id, Link.BY_BYTES)
            .thenComparing(IgnoredLink::otherId, Link.BY_BYTES));
    return ignored;
  }

  private static Column in(String column, Collection<String> values) {
    return col(column).isin(values.toArray());
  }
}
