package io.freshet.platform.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.platform.web.RequestRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushedEventsTest {
  @Test
  void theMembersOfAnArrayKeepTheirBytes() {
    String body =
        " [ {\"a\" : 1.50,\t\"ü\":[1, {}]} ,\"text ]\\\"\", 12 ,-0.5e3,true,null, [ ] ]\n";

    assertThat(texts(PushedEvents.ofArray(body.getBytes(UTF_8))))
        .containsExactly(
            "{\"a\" : 1.50,\t\"ü\":[1, {}]}",
            "\"text ]\\\"\"",
            "12",
            "-0.5e3",
            "true",
            "null",
            "[ ]");
  }

  @Test
  void anEmptyArrayHasNoEvent() {
    assertThat(PushedEvents.ofArray("[]".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[{}", "[{]", "[{}] []", "[{\"a\":}]", "[1 2]", "nonsense"})
  void whatIsNotOneArrayIsRefused(String body) {
    assertThatThrownBy(() -> PushedEvents.ofArray(body.getBytes(UTF_8)))
        .isInstanceOf(RequestRefusedException.class)
        .hasMessageStartingWith("Cannot read the events: ");
  }

  @Test
  void linesAreSentAsTheyAreButBlankOnes() {
    String body = "{\"a\":1}\r\n\n  \t\nnot json\n{\"b\":2}";

    assertThat(texts(PushedEvents.ofLines(body.getBytes(UTF_8))))
        .containsExactly("{\"a\":1}", "not json", "{\"b\":2}");
  }

  private static List<String> texts(List<byte[]> events) {
    return events.stream().map(event -> new String(event, UTF_8)).toList();
  }
}
