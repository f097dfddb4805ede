package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ripen diff}: what a change of the definition would do. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what a change of the definition would do, on the same data: who becomes an MQL,",
      "who stops, whose date moves, and which rule did it. Writes nothing to state or CRM.",
      "",
      "Examples:",
      "  ripen diff --against main                        this working tree against a git ref",
      "  ripen diff --against ../other-project            against another project's definition",
      "  ripen diff --against . --set mql.threshold=60    what if",
      "  ripen diff --against-column leads.current_mql    against what the CRM says today",
      "  ripen diff --against main --markdown             for a pull request"
    })
final class DiffCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @ArgGroup(multiplicity = "1")
  private Against against;

  /** With what to compare. */
  static final class Against {
    @Option(
        names = "--against",
        paramLabel = "DIR_OR_GIT_REF",
        description = "The definition from before: conf/scoring.conf and sql there.")
    private @Nullable String other;

    @Option(
        names = "--against-column",
        paramLabel = "leads.COLUMN",
        description = "A column of the leads that says who is an MQL in the CRM today.")
    private @Nullable String column;
  }

  @Option(names = "--markdown", description = "Write Markdown, with lead ids but no addresses.")
  private boolean markdown;

  @Option(names = "--limit", paramLabel = "N", description = "Name so many people. Default: 10.")
  private int limit = 10;

  @Option(names = "--out", paramLabel = "DIR", description = "Write full lists there as CSV.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Console console = new Console(options);
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      SampleData.makeIfMissing(workspace.project(), console);
      workspace.warmUp();
      console.result(result(workspace));
    }
    return 0;
  }

  GlobalOptions options() {
    return options;
  }

  /** What the command prints. */
  String result(Workspace workspace) {
    DiffWorkflow workflow =
        new DiffWorkflow(workspace, limit, out == null ? null : out.toAbsolutePath());
    String column = against.column;
    if (column != null) {
      DiffColumnView view = new DiffColumnView(workflow.against(columnName(column)));
      return options.isJson()
          ? view.json().toPrettyString()
          : markdown ? view.markdown() : view.text();
    }
    String other = String.valueOf(against.other);
    try (DiffSource source = DiffSource.of(other, workspace.project().directory())) {
      DiffView view = new DiffView(workflow.run(source.directory(), other));
      return options.isJson()
          ? view.json().toPrettyString()
          : markdown ? view.markdown() : view.text();
    }
  }

  private static String columnName(String column) {
    if (!column.startsWith("leads.") || column.length() == "leads.".length()) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "--against-column is `" + column + "`",
              "name a column of the leads: --against-column leads.current_mql"));
    }
    return column.substring("leads.".length());
  }
}
