package dev.ripen.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  private static JsonNode read(String text, Set<String> unread) throws IOException {
    return JsonTree.read(JsonClient.JSON.createParser(text), unread);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":[1,2.5,-3e9,{\"b\":null}],\"c\":{},\"d\":[],\"e\":true,\"f\":false,\"g\":\"ü\\n\"}",
        "[]",
        "\"text\"",
        "12345678901234567890"
      })
  void isTheTreeThatJacksonReads(String text) throws Exception {
    assertThat(read(text, Set.of())).isEqualTo(JsonClient.JSON.readTree(text));
  }

  @Test
  void passesOverNamedMembersAtEveryDepth() throws Exception {
    JsonNode tree =
        read("{\"url\":{\"x\":[1]},\"results\":[{\"id\":\"1\",\"url\":\"/1\"}]}", Set.of("url"));
    assertThat(tree).hasToString("{\"results\":[{\"id\":\"1\"}]}");
  }

  @Test
  void isMissingWhereThereIsNothing() throws Exception {
    assertThat(read("", Set.of()).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,", "{\"a\":}", "<html>"})
  void refusesWhatIsNotJson(String text) {
    assertThatThrownBy(() -> read(text, Set.of())).isInstanceOf(JsonParseException.class);
  }
}
