package io.freshet.platform.lookup;

import io.freshet.plan.ViewPlan;
import io.freshet.platform.registry.LiveViews;
import io.freshet.platform.testing.Platform;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStore;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import io.freshet.store.ViewProgress;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes to the online store what an engine would. */
record OnlineRows(Platform platform, OnlineStore store, String project) {
  /**
   * @param row the newest event's time, then the features
   */
  void write(String view, Object[] key, Instant asOf, @Nullable Object... row) {
    ViewPlan plan = plan(view);
    EntityRef entity =
        new EntityRef(
            project, plan.view().entity(), new EntityKeyCodec(plan.view().joinKeys()).encode(key));
    byte[] packed = new RowCodec(plan.view().rowTypes()).encode(row);
    Version version = new Version(plan.epoch(), asOf.toEpochMilli(), 1);
    store
        .upsert(List.of(new Upsert(entity, plan.number(), version, packed, 86_400_000)))
        .toCompletableFuture()
        .join();
  }

  void advance(String view, Instant completeThrough) {
    ViewPlan plan = plan(view);
    store
        .advance(
            List.of(
                new ViewProgress(
                    project, plan.number(), plan.epoch(), completeThrough.toEpochMilli())))
        .toCompletableFuture()
        .join();
  }

  private ViewPlan plan(String view) {
    return platform.bean(LiveViews.class).bySource().stream()
        .filter(source -> source.source().project().equals(project))
        .flatMap(source -> source.views().stream())
        .filter(plan -> plan.view().name().equals(view))
        .findFirst()
        .orElseThrow();
  }
}
