package io.freshet.platform.reconcile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the attempts of a streaming job leave to the next one.
 *
 * @param checkpointed whether any of them completed a checkpoint: there is state to be lost
 * @param rejected checkpoints and savepoints that turned out unusable
 * @param notice what an operator should know about how the newest attempt came to be
 */
public record Past(boolean checkpointed, List<String> rejected, @Nullable String notice) {
  static final Past NONE = new Past(false, List.of(), null);

  public Past {
    rejected = List.copyOf(rejected);
  }

  Past rejecting(Collection<String> points) {
    List<String> all = new ArrayList<>(rejected);
    points.stream().filter(point -> !all.contains(point)).forEach(all::add);
    return new Past(checkpointed, all, notice);
  }

  Past noting(@Nullable String newNotice) {
    return new Past(checkpointed, rejected, newNotice);
  }
}
