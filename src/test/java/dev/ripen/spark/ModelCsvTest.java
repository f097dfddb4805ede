package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.problem.ProblemException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelCsvTest {
  @Test
  void tellsNullFromTheEmptyString() {
    ModelCsv csv = ModelCsv.parse("a.csv", "a,b,c\n1,,\"\"\n");
    assertThat(csv.columns()).containsExactly("a", "b", "c");
    assertThat(csv.lines()).containsExactly(new ModelCsv.Line(2, Arrays.asList("1", null, "")));
  }

  @Test
  void readsQuotesCommasAndLineEnds() {
    ModelCsv csv = ModelCsv.parse("a.csv", "\uFEFFa,b\r\n\"x, \"\"y\"\"\",\"1\n2\"\r\n\r\nz,q");
    assertThat(csv.lines())
        .containsExactly(
            new ModelCsv.Line(2, List.of("x, \"y\"", "1\n2")),
            new ModelCsv.Line(5, List.of("z", "q")));
  }

  @Test
  void aBlankLineOfOneColumnIsANull() {
    assertThat(ModelCsv.parse("a.csv", "a\nx\n\n").lines())
        .containsExactly(
            new ModelCsv.Line(2, List.of("x")), new ModelCsv.Line(3, Arrays.asList((String) null)));
  }

  @Test
  void namesTheLineThatIsWrong() {
    assertThatThrownBy(() -> ModelCsv.parse("a.csv", "a,b\n1\n"))
        .isInstanceOf(ProblemException.class)
        .hasMessage("DATA_INVALID: a.csv has 1 cells for 2 columns");
    assertThatThrownBy(() -> ModelCsv.parse("a.csv", "a\n\"x\n"))
        .hasMessage("DATA_INVALID: a.csv has a quote that is never closed");
    assertThatThrownBy(() -> ModelCsv.parse("a.csv", "a,b\n\"x\"y,1\n"))
        .hasMessage("DATA_INVALID: a.csv has text after a closing quote");
    assertThatThrownBy(() -> ModelCsv.parse("a.csv", "a,A\n"))
        .hasMessage("DATA_INVALID: a.csv has a column without a name, or a name twice");
    assertThatThrownBy(() -> ModelCsv.parse("a.csv", ""))
        .hasMessage("DATA_INVALID: a.csv is empty");
  }
}
