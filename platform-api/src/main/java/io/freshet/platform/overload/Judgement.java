package io.freshet.platform.overload;

import java.util.List;

/**
 * What one look at a streaming job says.
 *
 * @param reasons why it is not healthy, in words
 */
record Judgement(OverloadState state, List<String> reasons) {
  Judgement {
    reasons = List.copyOf(reasons);
  }
}
