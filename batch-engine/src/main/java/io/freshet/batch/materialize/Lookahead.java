package io.freshet.batch.materialize;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** An iterator whose next element can be looked at before it is taken. */
public final class Lookahead<T> implements Iterator<T> {
  private final Iterator<T> elements;
  private @Nullable T ahead;

  public Lookahead(Iterator<T> elements) {
    this.elements = elements;
  }

  /** The next element, which stays the next; null if there is none. */
  public @Nullable T peek() {
    if (ahead == null && elements.hasNext()) {
      ahead = elements.next();
    }
    return ahead;
  }

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  @Override
  public T next() {
    T next = peek();
    if (next == null) {
      throw new NoSuchElementException();
    }
    ahead = null;
    return next;
  }
}
