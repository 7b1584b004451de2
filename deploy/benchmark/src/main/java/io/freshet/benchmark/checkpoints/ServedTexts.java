package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Deadline;
import io.freshet.benchmark.lab.ServedValues;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts in the online store. */
final class ServedTexts {
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  private final ServedValues rows;

  ServedTexts(ServedValues rows) {
    this.rows = rows;
  }

  /** Returns once a text is served. */
  void await(Changes.Sent sent) throws InterruptedException {
    Deadline deadline = Deadline.after(DEADLINE);
    while (!sent.text().equals(text(sent.card()))) {
      if (deadline.hasPassed()) {
        throw new IllegalStateException("The last text of " + sent.card() + " is not served");
      }
      deadline.pause();
    }
  }

  private @Nullable Object text(String card) {
    @Nullable Object[] row = rows.find(List.of(card)).get(0);
    return row == null ? null : row[1];
  }
}
