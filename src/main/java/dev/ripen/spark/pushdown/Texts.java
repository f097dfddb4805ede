package dev.ripen.spark.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Concat;
import org.apache.spark.sql.catalyst.expressions.ConcatWs;
import org.apache.spark.sql.catalyst.expressions.Contains;
import org.apache.spark.sql.catalyst.expressions.EndsWith;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Length;
import org.apache.spark.sql.catalyst.expressions.Like;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Lower;
import org.apache.spark.sql.catalyst.expressions.Md5;
import org.apache.spark.sql.catalyst.expressions.RLike;
import org.apache.spark.sql.catalyst.expressions.StartsWith;
import org.apache.spark.sql.catalyst.expressions.StringReplace;
import org.apache.spark.sql.catalyst.expressions.StringTrim;
import org.apache.spark.sql.catalyst.expressions.StringTrimLeft;
import org.apache.spark.sql.catalyst.expressions.StringTrimRight;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;

/** Writes what Spark does with texts. */
final class Texts {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

  /** The only ones beyond ASCII whose lower case has ASCII in it. */
  private static final String KELVIN = "\u212A";

  private static final String DOTTED_I = "\u0130";
  private static final String DOTTED_I_LOWER = "i\u0307";

  private final Dialect dialect;
  private final ExpressionSql expressions;

  Texts(Dialect dialect, ExpressionSql expressions) {
    this.dialect = dialect;
    this.expressions = expressions;
  }

  Optional<String> sql(Expression expression) {
    return found(expression).or(() -> made(expression));
  }

  private Optional<String> found(Expression expression) {
    if (expression instanceof StartsWith test) {
      return constant(test.right()).map(t -> like(test.left(), LikePattern.startingWith(t)));
    }
    if (expression instanceof EndsWith test) {
      return constant(test.right()).map(t -> like(test.left(), LikePattern.endingWith(t)));
    }
    if (expression instanceof Contains test) {
      return constant(test.right()).map(t -> like(test.left(), LikePattern.containing(t)));
    }
    if (expression instanceof Like test) {
      return constant(test.right())
          .map(t -> like(test.left(), LikePattern.parse(t, test.escapeChar())));
    }
    if (expression instanceof RLike test) {
      return constant(test.right())
          .map(t -> dialect.matches(expressions.sql(test.left()), PortableRegex.of(t)));
    }
    return Optional.empty();
  }

  private static Optional<String> constant(Expression expression) {
    return expression instanceof Literal literal
            && literal.value() != null
            && literal.dataType().equals(DataTypes.StringType)
        ? Optional.of(literal.value().toString())
        : Optional.empty();
  }

  private String like(Expression text, LikePattern pattern) {
    String value = pattern.isAscii() ? lowered(text, true) : expressions.sql(text);
    return pattern.sql(dialect, value);
  }

  /** To compare with a constant. */
  String lowered(Expression text, Literal constant) {
    return isAscii(constant) ? loweredAscii(text) : expressions.sql(text);
  }

  static boolean isAscii(Literal literal) {
    return literal.value() == null || PortableRegex.isAscii(literal.value().toString());
  }

  /** To compare with constants of ASCII characters. */
  String loweredAscii(Expression text) {
    return lowered(text, false);
  }

  /**
   * Each database has its own idea of lower case, but none of what is ASCII in it: what is compared
   * with ASCII needs no more.
   *
   * @param partly whether a part of the text is looked for
   */
  private String lowered(Expression text, boolean partly) {
    if (text instanceof StringTrim trim && isOfSpaces(trim.trimStr())) {
      return trimmed(lowered(trim.srcStr(), partly));
    }
    if (!(text instanceof Lower lower)) {
      return expressions.sql(text);
    }
    String value = expressions.sql(lower.child());
    String whole =
        partly
            ? "replace(%s, %s, %s)"
                .formatted(value, dialect.text(DOTTED_I), dialect.text(DOTTED_I_LOWER))
            : value;
    return "translate(%s, %s, %s)"
        .formatted(whole, dialect.text(UPPER + KELVIN), dialect.text(LOWER + "k"));
  }

  private Optional<String> made(Expression expression) {
    if (expression instanceof Concat concat) {
      return Optional.of(
          texts(concat).stream()
              .map(expressions::sql)
              .collect(Collectors.joining(" || ", "(", ")")));
    }
    if (expression instanceof ConcatWs) {
      List<Expression> parts = new ArrayList<>(texts(expression));
      Expression separator = parts.remove(0);
      return constant(separator)
          .map(t -> dialect.joined(t, parts.stream().map(expressions::sql).toList()));
    }
    if (expression instanceof Md5 md5
        && md5.child() instanceof Cast bytes
        && bytes.child().dataType().equals(DataTypes.StringType)) {
      return Optional.of("md5(" + expressions.sql(bytes.child()) + ")");
    }
    if (expression instanceof StringReplace replace) {
      return replaced(replace);
    }
    if (expression instanceof Length length
        && length.child().dataType().equals(DataTypes.StringType)) {
      return Optional.of("length(" + expressions.sql(length.child()) + ")");
    }
    if (expression instanceof Lower) {
      throw new NotPushedException(
          "it uses lower of a text that is not compared with ASCII constants");
    }
    return trimmed(expression);
  }

  private static List<Expression> texts(Expression expression) {
    List<Expression> parts = ExpressionSql.children(expression);
    if (!parts.stream().allMatch(part -> part.dataType().equals(DataTypes.StringType))) {
      throw new NotPushedException("it joins more than texts");
    }
    return parts;
  }

  /** Nothing looked for is found nowhere or everywhere. */
  private Optional<String> replaced(StringReplace replace) {
    return constant(replace.searchExpr())
        .filter(searched -> !searched.isEmpty())
        .map(
            searched ->
                "replace(%s, %s, %s)"
                    .formatted(
                        expressions.sql(replace.srcExpr()),
                        dialect.text(searched),
                        expressions.sql(replace.replaceExpr())));
  }

  private Optional<String> trimmed(Expression expression) {
    if (expression instanceof StringTrim trim && isOfSpaces(trim.trimStr())) {
      return Optional.of(trimmed(expressions.sql(trim.srcStr())));
    }
    if (expression instanceof StringTrimLeft trim && isOfSpaces(trim.trimStr())) {
      return Optional.of("ltrim(" + expressions.sql(trim.srcStr()) + ", ' ')");
    }
    if (expression instanceof StringTrimRight trim && isOfSpaces(trim.trimStr())) {
      return Optional.of("rtrim(" + expressions.sql(trim.srcStr()) + ", ' ')");
    }
    return Optional.empty();
  }

  /** Without being told, databases take other white space away, too. */
  private static String trimmed(String text) {
    return "ltrim(rtrim(" + text + ", ' '), ' ')";
  }

  private static boolean isOfSpaces(Option<Expression> characters) {
    return characters.isEmpty() || constant(characters.get()).filter(" "::equals).isPresent();
  }
}
