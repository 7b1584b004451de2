package io.freshet.batch.run;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.error.FreshetException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SupervisionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final AtomicLong now = new AtomicLong(1_000);
  private final List<String> endings = new CopyOnWriteArrayList<>();

  @Test
  void aRunGoesOnForAsLongAsItIsToldTo() throws Exception {
    try (PipedOutputStream supervisor = new PipedOutputStream()) {
      Supervision run = supervised(new PipedInputStream(supervisor));
      say(supervisor, "2000");
      run.start();

      now.set(2_000);
      say(supervisor, "3000");
      say(supervisor, "what?");
      await().during(Duration.ofMillis(600)).atMost(PATIENCE).until(endings::isEmpty);
      now.set(3_001);

      await()
          .atMost(PATIENCE)
          .until(() -> endings.contains("no heartbeat of its control plane has come in time"));
    }
  }

  @Test
  void aRunEndsWithItsSupervisor() throws Exception {
    PipedOutputStream supervisor = new PipedOutputStream();
    Supervision run = supervised(new PipedInputStream(supervisor));
    say(supervisor, "2000");
    run.start();
    assertThat(endings).isEmpty();

    supervisor.close();

    await()
        .atMost(PATIENCE)
        .until(() -> endings.contains("the control plane that supervised it has gone"));
  }

  @Test
  void aRunThatIsNotToldInTimeDoesNotBegin() {
    for (String told : List.of("", "999\n")) {
      Supervision run = supervised(new ByteArrayInputStream(told.getBytes(US_ASCII)));

      assertThatThrownBy(run::start)
          .isInstanceOf(FreshetException.class)
          .hasMessageStartingWith("Cannot begin the run: the control plane that started it");
    }
  }

  private Supervision supervised(InputStream input) {
    return new Supervision(input, now::get, endings::add);
  }

  private static void say(PipedOutputStream supervisor, String line) throws Exception {
    supervisor.write((line + "\n").getBytes(US_ASCII));
    supervisor.flush();
  }
}
