package dev.ripen.cli;

import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ExitCode;
import dev.ripen.problem.NearestName;
import dev.ripen.problem.Problem;
import dev.ripen.problem.ProblemException;
import dev.ripen.spark.ModelCaseResult;
import dev.ripen.spark.ModelCaseXml;
import dev.ripen.spark.TestCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ripen test}: the cases below {@code sql/tests}. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the cases of sql/tests, of models and of rules, without a warehouse.",
      "",
      "Examples:",
      "  ripen test                          all cases",
      "  ripen test rules                    those of the rules",
      "  ripen test leads/merged-contacts    those whose name starts like this",
      "  ripen test --junit target/ripen.xml also write what build servers read"
    })
final class TestCommand implements Callable<Integer> {
  @Mixin private GlobalOptions options;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Only cases of this model, or with this name or beginning. Default: all.")
  private List<String> names = new ArrayList<>();

  @Option(names = "--junit", paramLabel = "FILE", description = "Write the results as JUnit XML.")
  private @Nullable Path junit;

  @Override
  public Integer call() {
    Console console = new Console(options);
    List<ModelCaseResult> results;
    long start = System.nanoTime();
    try (Workspace workspace = Workspace.open(options, Clock.systemUTC())) {
      TestCases cases =
          TestCases.load(
              workspace.spark(), workspace.project(), workspace.graph(), workspace.asOf());
      Consumer<ModelCaseResult> shown =
          options.isJson() ? result -> {} : result -> console.result(TestView.line(result));
      results = cases.run(wanted(names, cases.names()), shown);
    }
    if (junit != null) {
      write(junit, ModelCaseXml.write(results));
    }
    console.result(
        options.isJson()
            ? TestView.json(results).toPrettyString()
            : TestView.summary(results, RunWorkflow.seconds(start)));
    boolean passed = results.stream().allMatch(ModelCaseResult::passed);
    return (passed ? ExitCode.DONE : ExitCode.STOPPED).number();
  }

  /** Which cases the names mean; each must mean at least one. */
  static Predicate<String> wanted(List<String> names, List<String> cases) {
    for (String name : names) {
      if (cases.stream().noneMatch(known -> matches(name, known))) {
        List<String> known = new ArrayList<>(cases);
        cases.forEach(each -> known.add(each.replaceFirst("/.*", "")));
        cases.forEach(each -> known.add(each.replaceFirst(".*/", "")));
        throw new ProblemException(
            Problem.of(
                ErrorCode.USAGE_INVALID,
                "no case is called " + name,
                NearestName.of(name, known)
                    .map(near -> "did you mean " + near + "?")
                    .orElse("cases: " + String.join(", ", cases))));
      }
    }
    return known -> names.isEmpty() || names.stream().anyMatch(name -> matches(name, known));
  }

  private static boolean matches(String name, String known) {
    String plain = name.replaceFirst("^(sql/)?tests/", "").replaceFirst("/$", "");
    return known.startsWith(plain + "/")
        || known.endsWith("/" + plain)
        || (plain.contains("/") && known.startsWith(plain));
  }

  private static void write(Path file, String text) {
    try {
      Path parent = file.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new ProblemException(
          Problem.of(
              ErrorCode.USAGE_INVALID,
              "cannot write " + file + ": " + e.getMessage(),
              "name another file with --junit FILE"),
          e);
    }
  }
}
