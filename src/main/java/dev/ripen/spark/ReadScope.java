package dev.ripen.spark;

import dev.ripen.config.Source;
import dev.ripen.crm.CrmTable;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is read of each record of a table, and where. Who wants more than was read before has to
 * read all records again: nothing tells of them that they changed.
 */
record ReadScope(String place, Set<String> names) {
  private static final String SUBMISSIONS = "form_submissions";

  static ReadScope of(Source source, Source.Table table) {
    CrmTable crm = table.crmTable();
    Set<String> names = new TreeSet<>();
    // Of a submission everything is kept, whatever columns are wanted.
    if (!crm.object().equals(SUBMISSIONS)) {
      crm.properties().forEach(name -> names.add(name));
      crm.history().forEach(name -> names.add("history:" + name));
    }
    return new ReadScope(crm.object() + "@" + source.options().getOrDefault("base-url", ""), names);
  }

  static ReadScope parse(String text) {
    String[] parts = text.split(" ", -1);
    Set<String> names = new TreeSet<>();
    for (int i = 1; i < parts.length; i++) {
      names.add(parts[i]);
    }
    return new ReadScope(parts[0], names);
  }

  String text() {
    return String.join(" ", place, String.join(" ", names)).strip();
  }

  boolean covers(ReadScope wanted) {
    return place.equals(wanted.place) && names.containsAll(wanted.names);
  }
}
