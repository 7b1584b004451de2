package io.freshet.platform.reconcile;

import io.freshet.aggregate.StateSize;
import io.freshet.definition.Catalog;
import io.freshet.definition.Entity;
import io.freshet.plan.StateBackend;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.FlinkSettings.BackendSetting;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/** Chooses where the state of a job is kept by how large its views will make it. */
@Component
class BackendChoice {
  private static final double MEBIBYTE = 1 << 20;

  private final FlinkSettings settings;
  private final Catalog catalog;

  BackendChoice(FlinkSettings settings, Catalog catalog) {
    this.settings = settings;
    this.catalog = catalog;
  }

  /** A state backend, the size that was planned with and the reason in words. */
  record Chosen(StateBackend backend, long stateBytes, String reason) {}

  Chosen of(List<ViewPlan> views) {
    long bytes = views.stream().mapToLong(this::stateBytes).sum();
    DataSize limit = settings.heapStateLimit();
    String planned = "planned state of %s".formatted(mebibytes(bytes));
    if (settings.stateBackend() != BackendSetting.AUTO) {
      StateBackend set = StateBackend.valueOf(settings.stateBackend().name());
      return new Chosen(set, bytes, planned + "; the settings say " + set);
    }
    return bytes <= limit.toBytes()
        ? new Chosen(
            StateBackend.HASHMAP,
            bytes,
            planned + " fits the heap's limit of " + mebibytes(limit.toBytes()))
        : new Chosen(
            StateBackend.ROCKSDB,
            bytes,
            planned + " is above the heap's limit of " + mebibytes(limit.toBytes()));
  }

  /** What a job keeps that goes on from a checkpoint in its backend's own form. */
  Chosen kept(StateBackend backend, List<ViewPlan> views) {
    Chosen wished = of(views);
    return wished.backend() == backend
        ? wished
        : new Chosen(
            backend,
            wished.stateBytes(),
            wished.reason() + ", but the checkpoint it goes on from is of " + backend);
  }

  private long stateBytes(ViewPlan plan) {
    Optional<Integer> declared =
        catalog.entity(plan.view().project(), plan.view().entity()).map(Entity::expectedKeys);
    return StateSize.bytesAKey(plan.view()) * declared.orElse(settings.expectedKeys());
  }

  private static String mebibytes(long bytes) {
    return "%.1f MiB".formatted(bytes / MEBIBYTE);
  }
}
