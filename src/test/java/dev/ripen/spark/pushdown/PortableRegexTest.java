package dev.ripen.spark.pushdown;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortableRegexTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "a",
          "A",
          "bot",
          "Googlebot/2.1",
          "BOT",
          "python-requests/2",
          "ro-BOTs",
          "+4930",
          "+49 30",
          "12",
          "x.y",
          "xzy",
          "a\n",
          "a\r\n",
          "a\n\n",
          "\n",
          "a\u2028",
          "demo-",
          "[x]",
          "a|b",
          "back\\slash",
          "\u212Aelvin",
          "stra\u00DFe",
          "\u017Fpider",
          "a\uD83D\uDE00b",
          "tab\there",
          "a^b",
          "50%");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "bot|crawl; bot|crawl",
        "(?i)bot|X1; [Bb][Oo][Tt]|[Xx]1",
        "^[+][0-9]{7,15}; ^[+][0-9]{7,15}",
        "a\\.b; a[.]b",
        "\\d+x; [0-9]+x",
        "(?:ab)*?c; (ab)*c",
        "[^/?#]; [^#/?]",
        "\\w; [0-9A-Z_a-z]",
        "[a-c\\]]; [\\]a-c]",
        "a\\\\b; a[\\\\]b"
      })
  void writesWhatAllReadAlike(String pattern, String written) {
    assertThat(PortableRegex.of(pattern)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\bdemo\\b", "(?i)(?<!cu)bot", "a++", "a*+", "(a)\\1", "\\p{L}", "[[a]&&b]", "[a-]",
            "(?x)a b", "a||b", "",
        "(", "a)", "^*", "a{300}", "[\\r]$", "(a$|b)c", "x{2}{3}", "(?s).", "\\Aa", "[z-a]",
            "\uD83D\uDE00"
      })
  void refusesWhatTheyReadDifferently(String pattern) {
    assertThatThrownBy(() -> PortableRegex.of(pattern))
        .isInstanceOf(NotPushedException.class)
        .hasMessage("not every database reads its pattern %s as Spark does", pattern);
  }

  /** What is written is a pattern of Java, too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "bot",
        "(?i)bot|crawl|spider|headless|python-requests",
        "^a",
        "a$",
        "^a$",
        "^$",
        "^(a|bot)$",
        "a.b",
        ".$",
        "\\d",
        "\\s",
        "[^a-z]",
        "(?i)[^a-z]",
        "(?i)K",
        "^[+][0-9 ]{2,5}$",
        "\\[x\\]",
        "a\\|b",
        "a\\^b",
        "50%",
        "\\\\s",
        "(?i)straße",
        "[\\\\x]",
        "x.?y",
        "(?i)(?:go+gle)?bot"
      })
  void findsWhatJavaFinds(String pattern) {
    Pattern ours = Pattern.compile(PortableRegex.of(pattern), Pattern.UNIX_LINES);
    for (String text : TEXTS) {
      // Java's own $ stands before a last line end; the others' does not.
      Pattern strict = Pattern.compile(ours.pattern().replaceAll("\\$$", "\\\\z"));
      assertThat(strict.matcher(text).find())
          .as("%s in <%s>", pattern, text)
          .isEqualTo(Pattern.compile(pattern).matcher(text).find());
    }
  }

  @Test
  void ignoresTheCaseOfAsciiOnly() {
    assertThat(PortableRegex.of("(?i)k")).isEqualTo("(K|k)");
  }
}
