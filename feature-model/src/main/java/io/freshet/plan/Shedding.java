package io.freshet.plan;

/**
 * That a view may be shed under overload.
 *
 * @param priority 1 to 100: the view of the lowest is shed first
 */
public record Shedding(int priority) {
  public static final int LOWEST = 1;
  public static final int HIGHEST = 100;
  public static final int DEFAULT = 50;
}
