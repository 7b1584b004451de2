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
 * says so; of every second case they go on from a checkpoint in the middle.
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

  private static void replay(RandomCase random, StreamedView view) throws Exception {
    int middle = random.seed() % 2 == 0 ? random.arrivals().size() / 2 : -1;
    for (int i = 0; i < random.arrivals().size(); i++) {
      Arrival arrival = random.arrivals().get(i);
      if (i == middle) {
        view.restart();
      }
      if (arrival.event().timeMillis() < random.asOfMillis()) {
        view.receive(RandomSource.json("key", arrival));
        if (arrival.settles()) {
          view.settle();
        }
      }
    }
    view.completeThrough(random.asOfMillis());
  }
}
