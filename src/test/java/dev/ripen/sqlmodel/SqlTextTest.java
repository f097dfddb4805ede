package dev.ripen.sqlmodel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SqlTextTest {
  @Test
  void leavesCommentsAndSpacesOut() {
    assertThat(
            SqlText.withoutComments(
                "SELECT a, -- the first\n  b /* and /* nested */ one */ FROM t"))
        .isEqualTo("SELECT a, b FROM t");
    assertThat(SqlText.withoutComments("  a\n\n=\t1 -- last")).isEqualTo("a = 1");
  }

  @Test
  void keepsWhatIsQuoted() {
    String quoted = "a = '-- no  comment' AND `odd -- name` = \"/* text */\"";
    assertThat(SqlText.withoutComments(quoted)).isEqualTo(quoted);
  }

  @Test
  void knowsWhereAQuoteEnds() {
    assertThat(SqlText.withoutComments("a = 'it\\'s -- in' -- out"))
        .isEqualTo("a = 'it\\'s -- in'");
    assertThat(SqlText.withoutComments("a RLIKE r'\\' -- out")).isEqualTo("a RLIKE r'\\'");
    assertThat(SqlText.withoutComments("a = 'it''s -- in' -- out")).isEqualTo("a = 'it''s -- in'");
    assertThat(SqlText.withoutComments("a = 'open -- in")).isEqualTo("a = 'open -- in");
  }

  @Test
  void keepsHints() {
    assertThat(SqlText.withoutComments("SELECT /*+ BROADCAST(t) */ a FROM t"))
        .isEqualTo("SELECT /*+ BROADCAST(t) */ a FROM t");
  }

  @Test
  void endsAtAnOpenComment() {
    assertThat(SqlText.withoutComments("a /* open")).isEqualTo("a");
  }
}
