package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.sample.SampleSpec;
import dev.ripen.sample.SampleSummary;
import dev.ripen.sample.SampleWarehouse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen sample}: data to try ripen on. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a made-up warehouse of a given size, the same rows for the same options.",
      "",
      "Examples:",
      "  ripen sample                                     20,000 contacts as a DuckDB file",
      "  ripen sample --contacts 1000000 --events 45000000 --parquet DIR"
    })
final class SampleCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Option(names = "--contacts", paramLabel = "N", description = "Default: 20000.")
  private int contacts = SampleSpec.standard().contacts();

  @Option(names = "--days", paramLabel = "N", description = "Days of events. Default: 90.")
  private int days = SampleSpec.standard().days();

  @Option(names = "--events", paramLabel = "N", description = "Default: 60 for each contact.")
  private @Nullable Long events;

  @Option(names = "--seed", paramLabel = "N", description = "Another seed, other people.")
  private long seed = SampleSpec.standard().seed();

  @Option(
      names = "--end",
      paramLabel = "INSTANT",
      description = "Nothing happens after it. Default: 2026-11-20T05:00:00Z.")
  private Instant end = SampleSpec.standard().end();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The DuckDB file. Default: .ripen/sample/warehouse.duckdb of the project.")
  private @Nullable Path out;

  @Option(
      names = "--parquet",
      paramLabel = "DIR",
      description = "Write Parquet files to this directory instead.")
  private @Nullable Path parquet;

  @Override
  public Integer call() {
    if (out != null && parquet != null) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID, "--out and --parquet exclude each other", "give one"));
    }
    Console console = new Console(options);
    SampleSpec spec =
        new SampleSpec(
            contacts,
            days,
            events == null ? OptionalLong.empty() : OptionalLong.of(events),
            seed,
            end);
    SampleSummary summary = write(spec, console);
    if (options.isJson()) {
      console.result(json(summary).toPrettyString());
    } else {
      summary.rows().forEach((table, rows) -> console.result(row(table, rows)));
    }
    return 0;
  }

  private SampleSummary write(SampleSpec spec, Console console) {
    Path home = options.project().resolve(".ripen").resolve("sample");
    if (parquet == null) {
      Path file = out == null ? home.resolve("warehouse.duckdb") : out.toAbsolutePath();
      Path seedFile = file.resolveSibling("crm.jsonl");
      return SampleData.make(spec, file, seedFile, console);
    }
    Path directory = parquet.toAbsolutePath();
    try (RunView.Bar bar = new RunView(console, 1).bar("sample", spec.contacts())) {
      return SampleWarehouse.writeParquet(
          spec, directory, directory.resolve("crm.jsonl"), (done, total, what) -> bar.to(done));
    }
  }

  private static String row(String table, long rows) {
    return String.format(java.util.Locale.ROOT, "%-36s %,14d rows", table, rows);
  }

  private static com.fasterxml.jackson.databind.node.ObjectNode json(SampleSummary summary) {
    var node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    node.put("format", "ripen.sample/1");
    node.put("contacts", summary.contacts()).put("events", summary.events());
    node.put("crm_records", summary.crmRecords());
    var tables = node.putObject("tables");
    summary.rows().forEach(tables::put);
    return node;
  }
}
