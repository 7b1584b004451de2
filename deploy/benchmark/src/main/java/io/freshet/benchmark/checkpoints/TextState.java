package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.Payments;
import io.freshet.plan.Aggregation;
import io.freshet.plan.BoundView;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeaturePlan;
import io.freshet.plan.InputPlan;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.value.Column;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import io.freshet.window.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** A view with a kilobyte of state a key: the last text of each, which cannot be compressed. */
final class TextState {
  private static final int TEXT_CHARS = 1_000;
  private static final char FIRST_CHAR = '0';
  private static final int CHARS = 64;
  private static final char QUOTED = '\\';
  private static final Window DAY = Window.ofMillis(Duration.ofHours(24).toMillis());

  private TextState() {}

  static SourcePlan source(String topic) {
    return new SourcePlan(
        Payments.PROJECT,
        topic,
        List.of(
            Column.required("card", ValueType.STRING),
            Column.required("at", ValueType.TIMESTAMP),
            Column.required("text", ValueType.STRING)),
        "at",
        topic,
        Payments.MAX_DISORDER_MILLIS,
        60_000);
  }

  /** The view, under the number that its rows have in the online store. */
  static ViewPlan view(String topic, int number) {
    return ViewPlan.live(
        new BoundView(
            Payments.PROJECT,
            "texts",
            Payments.ENTITY,
            Payments.JOIN_KEYS,
            topic,
            List.of("card"),
            null,
            List.of(new InputPlan("text", ValueType.STRING)),
            List.of(
                new FeaturePlan(
                    "text", Aggregation.LAST, 0, DAY, FeatureType.scalar(ValueType.STRING))),
            Delivery.EXACTLY_ONCE,
            Duration.ofDays(2).toMillis(),
            0,
            10_000),
        number,
        Tier.STREAMING,
        1);
  }

  /** A text that is as long as all others. */
  static String text(Random random) {
    StringBuilder text = new StringBuilder(TEXT_CHARS);
    for (int i = 0; i < TEXT_CHARS; i++) {
      char drawn = (char) (FIRST_CHAR + random.nextInt(CHARS));
      text.append(drawn == QUOTED ? '-' : drawn);
    }
    return text.toString();
  }

  static byte[] json(String card, long atMillis, String text) {
    return ("{\"card\":\"" + card + "\",\"at\":" + atMillis + ",\"text\":\"" + text + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
