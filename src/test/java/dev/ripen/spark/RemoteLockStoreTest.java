package dev.ripen.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ripen.history.RemoteLock;
import dev.ripen.http.FakeTime;
import dev.ripen.problem.ErrorCode;
import dev.ripen.problem.ProblemException;
import dev.ripen.testing.ObjectFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that neither appends nor renames. */
class RemoteLockStoreTest {
  private final FakeTime time = new FakeTime();
  @TempDir private Path bucket;
  private RemoteLockStore store;

  @BeforeEach
  void open() {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.s3.impl", ObjectFileSystem.class.getName());
    store = RemoteLockStore.open(ObjectFileSystem.pathOf(bucket), hadoop);
  }

  @Test
  void createsAnObjectOnlyIfThereIsNone() throws IOException {
    assertThat(store.names()).isEmpty();

    assertThat(store.create("0000000001.json", "first")).isTrue();
    assertThat(store.create("0000000001.json", "second")).isFalse();

    assertThat(store.names()).containsExactly("0000000001.json");
    assertThat(store.read("0000000001.json")).isEqualTo("first");
  }

  @Test
  void locksAStateForOneRunAtATime() throws IOException {
    RemoteLock first = take("20261122-0600");
    assertThatThrownBy(() -> take("20261122-0601"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problems().get(0).code()).isEqualTo(ErrorCode.STATE_LOCKED);
              assertThat(refused.problems().get(0).what())
                  .startsWith("20261122-0600 by ripen@host since ")
                  .endsWith(ObjectFileSystem.pathOf(bucket) + "/lock");
            });
    first.renew();
    first.close();

    take("20261122-0602");

    try (var files = Files.list(bucket.resolve("lock"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isEqualTo(List.of("0000000002.json"));
    }
  }

  @Test
  void endsByItselfWhenThePowerWasCut() {
    RemoteLock dead = take("20261122-0600");
    ObjectFileSystem.cutBefore(write -> true);
    dead.renew();
    dead.close();
    ObjectFileSystem.mend();
    assertThatThrownBy(() -> take("20261122-0601")).isInstanceOf(ProblemException.class);

    time.advance(RemoteLock.TERM);

    take("20261122-0602").require();
  }

  private RemoteLock take(String run) {
    return RemoteLock.take(store, run, "ripen@host", time, time::sleep);
  }
}
