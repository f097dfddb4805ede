package dev.ripen.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The committed sample project fits what the generator writes. */
class SampleProjectTest {
  @ParameterizedTest
  @EnumSource(value = Table.class, mode = EnumSource.Mode.EXCLUDE, names = "CONTACT_MERGE_AUDIT")
  void declaresTheColumnsThatTheGeneratorWrites(Table table) throws IOException {
    Path file = Path.of("conf/schemas/warehouse." + table.tableName() + ".ddl");
    List<String> generated =
        Arrays.stream(table.columns.split(", "))
            .map(column -> column.replace("VARCHAR", "STRING"))
            .toList();
    assertThat(Files.readAllLines(file)).isEqualTo(generated);
  }

  @ParameterizedTest
  @EnumSource(Country.class)
  void takesPrivateMailFromDomainsThatTheShippedListKnows(Country country) throws IOException {
    assertThat(list("free-mail-domains.txt")).containsAll(country.privateMail);
  }

  @Test
  void shipsSortedListsThatDoNotMeet() throws IOException {
    Set<String> free = list("free-mail-domains.txt");
    Set<String> disposable = list("disposable-mail-domains.txt");
    assertThat(disposable).containsAll(People.DISPOSABLE_DOMAINS).doesNotContainAnyElementsOf(free);
    assertThat(free).hasSize(5_070);
    assertThat(disposable).hasSize(8_335);
  }

  private static Set<String> list(String name) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("src/main/resources/dev/ripen/lists", name));
    assertThat(lines).isSorted().allMatch(line -> line.matches("[a-z0-9.-]+"));
    return new HashSet<>(lines);
  }
}
