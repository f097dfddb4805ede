package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ripen.sync.Candidate;
import dev.ripen.sync.LedgerRow;
import dev.ripen.sync.SkipReason;
import dev.ripen.sync.WantedRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a task hands over is what the driver gets. */
final class CandidateBytesTest {
  @Test
  void everythingIsThere() {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    fields.put("mql_score", "72");
    fields.put("mql_level", null);
    fields.put("mql_reasons", "Zoë \uD83C\uDF31 ".repeat(20_000));
    Candidate candidate =
        new Candidate(
            new WantedRow(
                "51",
                "1001",
                "ada@northwind.example",
                fields,
                true,
                "hot",
                Instant.parse("2026-11-20T05:00:00.123456Z"),
                "Asked for a demo"),
            new LedgerRow(
                "52",
                "1002",
                fields,
                true,
                "warm",
                Instant.parse("1969-12-31T23:59:59.999999999Z"),
                Instant.parse("2026-11-19T05:00:00Z"),
                "run-7"),
            Candidate.Verdict.CHANGED,
            Candidate.Lookup.LIVE,
            SkipReason.NO_LEAD,
            "abc",
            true);

    Candidate read = CandidateBytes.read(CandidateBytes.of(candidate));

    assertThat(read).isEqualTo(candidate);
    assertThat(read.wanted().fields().keySet())
        .containsExactly("mql_score", "mql_level", "mql_reasons");
  }

  @Test
  void whatIsNotThereIsNot() {
    WantedRow wanted = new WantedRow("51", null, null, Map.of(), false, null, null, "");
    LedgerRow ledger =
        new LedgerRow("51", "1001", Map.of(), false, null, null, Instant.EPOCH, "run-7");
    for (LedgerRow known : new @Nullable LedgerRow[] {null, ledger}) {
      Candidate candidate =
          new Candidate(
              wanted, known, Candidate.Verdict.CHANGED, Candidate.Lookup.MATCH, null, "", false);

      assertThat(CandidateBytes.read(CandidateBytes.of(candidate))).isEqualTo(candidate);
    }
  }
}
