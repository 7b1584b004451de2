package io.freshet.platform.registry;

import java.util.List;

/** The lanes that have not ended, with the hand-over of each. */
public interface RunningLanes {
  /** Those of a source, by number. */
  List<Lane> running(String project, String source);
}
