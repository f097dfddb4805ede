package dev.ripen.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.objects.StaticInvoke;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;
import scala.PartialFunction$;

/**
 * Answers {@code text RLIKE 'pattern'} for texts that come again and again from memory. User agents
 * do: matching the pattern of bots was half of the work of reading a night's events. The answers
 * are RLIKE's own.
 */
public final class RememberedMatches {
  /** Texts per pattern and thread; one that falls on the place of another replaces it. */
  private static final int PLACES = 1 << 10;

  /** Bytes of a text that is kept, so that a pattern's texts are a third of a megabyte at most. */
  private static final int LONGEST = 300;

  /** Tries after which texts that seldom come again are no longer kept. */
  private static final int TRIAL = 4 * PLACES;

  private static final ThreadLocal<Map<UTF8String, RememberedMatches>> OF_THREAD =
      ThreadLocal.withInitial(HashMap::new);

  private final Pattern pattern;
  private final UTF8String[] texts = new UTF8String[PLACES];
  private final boolean[] answers = new boolean[PLACES];
  private long asked;
  private long remembered;

  private RememberedMatches(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  /** Whether the pattern is found in the text. Called from the code that Spark generates. */
  public static boolean find(UTF8String text, UTF8String pattern) {
    Map<UTF8String, RememberedMatches> all = OF_THREAD.get();
    RememberedMatches matches = all.get(pattern);
    if (matches == null) {
      matches = new RememberedMatches(pattern.toString());
      all.put(pattern.clone(), matches);
    }
    return matches.find(text);
  }

  private boolean find(UTF8String text) {
    boolean seldomAgain = asked > TRIAL && remembered < asked / 2;
    if (seldomAgain || text.numBytes() > LONGEST) {
      return pattern.matcher(text.toString()).find(0);
    }
    asked++;
    int place = text.hashCode() & (PLACES - 1);
    if (text.equals(texts[place])) {
      remembered++;
      return answers[place];
    }
    answers[place] = pattern.matcher(text.toString()).find(0);
    // Spark uses the bytes again for the next row.
    texts[place] = text.clone();
    return answers[place];
  }

  /** The same plan with RLIKE again, as the user has written it. */
  static LogicalPlan withRlike(LogicalPlan plan) {
    return plan.transformAllExpressions(
        PartialFunction$.MODULE$.fromFunction(
            SqlScala.function(
                expression ->
                    expression instanceof StaticInvoke invoke
                            && invoke.staticObject() == RememberedMatches.class
                        ? new RLike(invoke.arguments().apply(0), invoke.arguments().apply(1))
                        : expression)));
  }

  /** Puts it in the place of every RLIKE with a constant pattern. */
  static final class InPlaceOfRlike extends Rule<LogicalPlan> {
    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      return plan.transformAllExpressions(
          PartialFunction$.MODULE$.fromFunction(SqlScala.function(InPlaceOfRlike::remembered)));
    }

    private static Expression remembered(Expression expression) {
      if (expression instanceof RLike rlike
          && rlike.left().dataType().equals(DataTypes.StringType)
          && rlike.right() instanceof Literal pattern
          && pattern.value() != null
          && isPattern(pattern.value().toString())) {
        return new StaticInvoke(
            RememberedMatches.class,
            DataTypes.BooleanType,
            "find",
            SqlScala.seq(List.of(rlike.left(), pattern)),
            SqlScala.seq(List.of()),
            true,
            false,
            true,
            Option.empty());
      }
      return expression;
    }

    /** Spark's error is the better one. */
    private static boolean isPattern(String text) {
      try {
        Pattern.compile(text);
        return true;
      } catch (PatternSyntaxException e) {
        return false;
      }
    }
  }
}
