package io.freshet.plan;

/**
 * A table that others write, whose rows are the events of a source.
 *
 * @param path its folder: an absolute path of the machine, or a URI
 */
public record TablePlan(TableFormat format, String path) {
  @Override
  public String toString() {
    return format.wireName() + " table " + path;
  }
}
