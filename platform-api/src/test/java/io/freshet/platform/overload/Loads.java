package io.freshet.platform.overload;

import io.freshet.plan.BoundView;
import io.freshet.plan.Shedding;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.Plans;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Loads and settings of a job that promises 10 s and reads 100 events a second, for tests. */
final class Loads {
  static final OverloadSettings SETTINGS =
      new OverloadSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          0.8,
          0.5,
          Duration.ofMinutes(10),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          3,
          0.8,
          Duration.ofSeconds(15),
          Duration.ofMinutes(5),
          true,
          Duration.ofMinutes(1));

  private static final StreamLoad.Checkpoints QUICK =
      new StreamLoad.Checkpoints(200, 10_000, 600_000, 0);

  private Loads() {}

  static StreamLoad idle() {
    return lagging(0, 0);
  }

  /**
   * @param pending events that wait
   * @param trend how many more of them every second
   */
  static StreamLoad lagging(double pending, double trend) {
    return new StreamLoad(0.2, 0, pending, trend, 100, QUICK, 10_000);
  }

  static StreamLoad busy(double busyRatio, double backPressureRatio) {
    return new StreamLoad(busyRatio, backPressureRatio, 0, 0, 100, QUICK, 10_000);
  }

  static StreamLoad checkpointing(double busyRatio, long lastMillis, long failed) {
    return new StreamLoad(
        busyRatio,
        0,
        0,
        0,
        100,
        new StreamLoad.Checkpoints(lastMillis, 10_000, 600_000, failed),
        10_000);
  }

  /**
   * @param priority null for a view that must not be shed
   */
  static ViewPlan view(int number, @Nullable Integer priority) {
    BoundView view = Plans.view("departures", number, Tier.STREAMING).view();
    return ViewPlan.live(
        new BoundView(
            view.project(),
            view.name(),
            view.entity(),
            view.joinKeys(),
            view.source(),
            view.keyColumns(),
            view.filter(),
            view.inputs(),
            view.features(),
            view.delivery(),
            view.ttlMillis(),
            view.allowedLatenessMillis(),
            view.maxStalenessMillis(),
            List.of(),
            priority == null ? null : new Shedding(priority)),
        number,
        Tier.STREAMING,
        1);
  }
}
