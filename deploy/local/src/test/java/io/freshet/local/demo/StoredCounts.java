package io.freshet.local.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * A route's departures in rows of both engines, which lookups count while rows are lost and come
 * back.
 *
 * @param route that nobody departs on meanwhile
 * @param departures on it, all of them within the hour
 */
record StoredCounts(PlatformClient client, String project, EntityKey route, long departures) {
  private static final List<String> FEATURES =
      List.of("route_now.departures_1h", "airport_week.departures_7d");
  private static final String DELETE_ROWS =
      "EVAL \"local rows = redis.call('keys', 'f:*')"
          + " for _, row in ipairs(rows) do redis.call('del', row) end"
          + " return #rows\" 0";

  void materialize() {
    String tier =
        client.routes(project).stream()
            .filter(route -> route.path("view").asString().equals("airport_week"))
            .map(route -> route.path("tier").asString())
            .findFirst()
            .orElseThrow();
    String operation = client.materialize(project, tier);
    soon().until(() -> client.operation(operation).path("state").asString().equals("SUCCEEDED"));
  }

  void awaitMissing() {
    soon().until(() -> served().stream().allMatch(Objects::isNull));
  }

  /** Fails at once if a row is there that is wrong. */
  void awaitRight() {
    soon()
        .until(
            () -> {
              List<@Nullable Object> now = served();
              assertThat(now).allMatch(count -> count == null || count.equals(departures));
              return !now.contains(null);
            });
  }

  /** Deletes all rows from a Redis server; the mark by which it is known again stays. */
  static void delete(String redis) throws IOException {
    URI uri = URI.create(redis);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.getOutputStream().write((DELETE_ROWS + "\r\nQUIT\r\n").getBytes(US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .matches(":[1-9]\\d*\r\n\\+OK\r\n");
    }
  }

  private List<@Nullable Object> served() {
    LookupAnswer answer = client.lookup(project, FEATURES, List.of(route));
    return Arrays.asList(answer.value(0, 0), answer.value(0, 1));
  }

  /** While the store is away, lookups are answered with 503. */
  private static ConditionFactory soon() {
    return await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(250))
        .ignoreException(DemoFailedException.class);
  }
}
