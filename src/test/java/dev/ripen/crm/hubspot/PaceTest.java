package dev.ripen.crm.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ripen.crm.Budget;
import dev.ripen.http.FakeTime;
import dev.ripen.http.JsonReply;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final FakeTime time = new FakeTime();
  private final Pace pace = new Pace(Budget.ALL, 8, time, time);

  @Test
  void sendsHalfAsManyAtATimeAfterLockedRecords() {
    List<Pace.Turn> together = Stream.generate(pace::enter).limit(8).toList();

    together.forEach(turn -> answer(turn, 423));

    assertThat(pace.atATime()).isEqualTo(4);
  }

  @Test
  void comesBackToAllOfThemOnceRecordsAreNoLongerLocked() {
    answer(pace.enter(), 423);
    assertThat(pace.atATime()).isEqualTo(4);

    for (int answers = 0; answers < 10 * (4 + 5 + 6 + 7); answers++) {
      answer(pace.enter(), 200);
    }

    assertThat(pace.atATime()).isEqualTo(8);
  }

  @Test
  void keepsItsPaceWhateverElseGoesWrong() {
    for (int status : new int[] {400, 429, 500, 503}) {
      answer(pace.enter(), status);
    }

    assertThat(pace.atATime()).isEqualTo(8);
  }

  private void answer(Pace.Turn turn, int status) {
    pace.learn(turn, new JsonReply(status, Headers.EMPTY, MissingNode.getInstance()));
    pace.leave(turn);
  }
}
