package io.freshet.platform.registry;

import io.freshet.plan.ViewPlan;
import java.util.List;
import java.util.Set;

/**
 * The lanes of streaming views: each is one computation of a view by the streaming engine, from its
 * start to its end. What is decided here is stored; the definitions topic follows, and so does the
 * hand-over of their history to lanes that bootstrap.
 */
public interface Lanes {
  /**
   * All lanes of a source that must run now, in the order of their numbers: what its streaming jobs
   * begin with, and what its definitions topic says. A view that is replaced has two.
   */
  List<ViewPlan> of(String project, String source);

  /**
   * Has the streaming engine drop a view's events until the view is recovered; does nothing if it
   * does so already or the view has no lane.
   *
   * @param viewNumber of the view's version
   */
  void shed(int viewNumber);

  /**
   * Ends the shedding of a view: a new lane takes the place of those that shed, and gets the events
   * that they dropped by a hand-over. Does nothing if the view is not shed.
   */
  void recover(int viewNumber);

  /**
   * Has a new lane take the place of a view's lanes, because what they held is lost or wrong: they
   * end at once, and their rows are served until the new one's replace them. Does nothing if the
   * view has no lane, or its newest one has not begun to count yet.
   *
   * @param reason for people
   */
  void beginAgain(int viewNumber, String reason);

  /** The numbers of the views that are shed. */
  Set<Integer> sheddingViews();
}
