package io.freshet.streaming;

import io.freshet.oracle.Engine;
import io.freshet.oracle.GoldenCase;
import io.freshet.oracle.RandomCase;
import io.freshet.oracle.RandomCase.Arrival;
import io.freshet.oracle.RandomSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operators of the job. They count what is not late, where the watermark follows when the case
 * says so; of every second case they go on from a checkpoint after the middle.
 */
final class StreamEngine implements Engine {
  private int late;

  @Override
  public List<Map<String, @Nullable Object[]>> answers(List<RandomCase> cases) throws Exception {
    List<Map<String, @Nullable Object[]>> answers = new ArrayList<>();
    for (RandomCase random : cases) {
      try (StreamedView view =
          new StreamedView(random.source(), random.view(), GoldenCase.ARRIVAL_MILLIS)) {
        replay(random, view);
        answers.add(Map.copyOf(view.newestRows()));
        late += view.late();
      }
    }
    return answers;
  }

  @Override
  public List<Arrival> counted(RandomCase random) {
    return random.inTime();
  }

  /** How many events were late, over all cases. */
  int late() {
    return late;
  }

  /**
   * Restarts follow a watermark: an event that came after the last one is forgotten by the next, so
   * that less is late than the case says.
   */
  private static void replay(RandomCase random, StreamedView view) throws Exception {
    boolean restarts = random.seed() % 2 == 0;
    int middle = random.arrivals().size() / 2;
    for (int i = 0; i < random.arrivals().size(); i++) {
      Arrival arrival = random.arrivals().get(i);
      if (arrival.event().timeMillis() >= random.asOfMillis()) {
        continue;
      }
      view.receive(RandomSource.json("key", arrival));
      if (arrival.settles()) {
        view.settle();
        if (restarts && i >= middle) {
          view.restart();
          restarts = false;
        }
      }
    }
    view.completeThrough(random.asOfMillis());
  }
}
