package io.freshet.batch.backfill;

import io.freshet.batch.backfill.Chunk.Opening;
import io.freshet.plan.BackfillPlan;
import io.freshet.plan.BackfillPlan.Ranges;
import io.freshet.plan.ViewPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be computed of a view.
 *
 * @param todo in the order of time
 * @param done how many are done already
 * @param ownFromMillis the first of the asked ticks that is left to the view's own runs; null if
 *     none is
 */
record Chunks(List<Chunk> todo, int done, @Nullable Long ownFromMillis) {
  Chunks {
    todo = List.copyOf(todo);
  }

  static Chunks of(BackfillPlan plan, ViewPlan view, BackfillLog log) {
    Ticks asked =
        Ticks.between(plan.fromMillis(), plan.toMillis(), view.tier().period().toMillis());
    Long own = log.ownFromMillis();
    Ticks open = own == null ? asked : asked.before(own);
    List<Ticks> doneByRun = log.doneByRun();
    List<Ticks> done = plan.ranges() == Ranges.MISSING ? log.done() : doneByRun;
    List<Ticks> computed = new ArrayList<>(doneByRun);
    List<Chunk> todo = new ArrayList<>();
    int skipped = 0;
    for (Ticks span : ChunkSpan.of(view).split(open)) {
      List<Ticks> left = span.without(done);
      skipped += left.isEmpty() ? 1 : 0;
      for (Ticks ticks : left) {
        todo.add(new Chunk(ticks, opening(ticks, computed)));
        computed.add(ticks);
      }
    }
    boolean isCut = open.toMillis() < asked.toMillis();
    return new Chunks(todo, skipped, isCut ? (Long) open.toMillis() : null);
  }

  private static Opening opening(Ticks ticks, List<Ticks> computed) {
    return computed.stream().anyMatch(other -> other.has(ticks.beforeMillis()))
        ? Opening.CHANGED_KEYS
        : Opening.ALL_KEYS;
  }

  long ticks() {
    return todo.stream().mapToLong(chunk -> chunk.ticks().count()).sum();
  }
}
