package dev.ripen.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextsTest {
  @Test
  void takesNoNoticeOfCaseBlanksAndOuterParentheses() {
    assertThat(SqlTexts.normalized("( (Event_Type  =  'Page  A') )"))
        .isEqualTo(SqlTexts.normalized("event_type='Page  A'"));
    assertThat(SqlTexts.normalized("a\n  AND b IN ( 1, 2 )")).isEqualTo("a and b in(1,2)");
  }

  @Test
  void keepsWhatMayMakeADifference() {
    assertThat(SqlTexts.normalized("a = 'X'")).isNotEqualTo(SqlTexts.normalized("a = 'x'"));
    assertThat(SqlTexts.normalized("(a) OR (b)")).isEqualTo("(a)or(b)");
    assertThat(SqlTexts.normalized("(a = ')') or (b)")).isEqualTo("(a=')')or(b)");
  }
}
