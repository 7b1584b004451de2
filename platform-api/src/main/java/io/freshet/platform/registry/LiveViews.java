package io.freshet.platform.registry;

import java.util.List;

/** What is to be materialized: the desired state that engines are brought to. */
public interface LiveViews {
  /**
   * Every event source that exists, in the order of project and name, with the newest version of
   * each of its views that was not deleted. A source without views has an empty list.
   */
  List<SourceViews> bySource();
}
