package io.freshet.oracle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When two feature values are the same: doubles within 1e-9, alone or in a list, everything else
 * exactly.
 */
public final class SameValue {
  private static final double TOLERANCE = 1e-9;

  private SameValue() {}

  public static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      double scale = Math.max(1.0, Math.max(Math.abs(a), Math.abs(b)));
      return a.equals(b) || Math.abs(a - b) <= TOLERANCE * scale || a.doubleValue() == b;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return allSame(a.toArray(), b.toArray());
    }
    return left == null ? right == null : left.equals(right);
  }

  /** Whether all values are the same, in their order. */
  public static boolean allSame(@Nullable Object[] left, @Nullable Object[] right) {
    boolean same = left.length == right.length;
    for (int i = 0; same && i < left.length; i++) {
      same = same(left[i], right[i]);
    }
    return same;
  }
}
