package dev.ripen.cli;

import dev.ripen.config.Project;
import dev.ripen.config.Source;
import dev.ripen.sample.SampleSpec;
import dev.ripen.sample.SampleSummary;
import dev.ripen.sample.SampleWarehouse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the sample project's warehouse when it is not there yet. */
final class SampleData {
  private SampleData() {}

  /** Where the sample project keeps its warehouse. */
  static Path warehouse(Project project) {
    return project.directory().resolve(".ripen").resolve("sample").resolve("warehouse.duckdb");
  }

  static void makeIfMissing(Project project, Console console) {
    Path file = warehouse(project);
    if (!readsSample(project, file) || Files.exists(file)) {
      return;
    }
    make(SampleSpec.standard(), file, SandboxHost.seed(project), console);
  }

  static SampleSummary make(SampleSpec spec, Path file, Path seed, Console console) {
    long start = System.nanoTime();
    console.say(
        "Making the sample: "
            + RunView.number(spec.contacts())
            + " contacts, "
            + spec.days()
            + " days of events …");
    SampleSummary summary;
    try (RunView.Bar bar = new RunView(console, 1).bar("sample", spec.contacts())) {
      summary = SampleWarehouse.writeDuckDb(spec, file, seed, (done, total, what) -> bar.to(done));
    }
    console.say(
        String.format(
            java.util.Locale.ROOT,
            "  %s contacts, %s events, %s records in the built-in CRM  %.1fs",
            RunView.number(summary.contacts()),
            RunView.number(summary.events()),
            RunView.number(summary.crmRecords()),
            RunWorkflow.seconds(start)));
    return summary;
  }

  private static boolean readsSample(Project project, Path file) {
    for (Source source : project.sources()) {
      Optional<String> path = Optional.ofNullable(source.options().get("path"));
      if (source.format().equals("duckdb")
          && path.isPresent()
          && Path.of(path.get()).equals(file)) {
        return true;
      }
    }
    return false;
  }
}
