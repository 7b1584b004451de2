package io.freshet.batch.training;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.function.Consumer;

/** Makes none, one or several elements of each, and some more at the end, as they are asked for. */
final class Expansion<I, O> implements Iterator<O> {
  private final Iterator<I> elements;
  private final Step<I, O> step;
  private final Consumer<Consumer<O>> end;
  private final Queue<O> made = new ArrayDeque<>();
  private boolean ended;

  /** What becomes of one element. */
  @FunctionalInterface
  interface Step<I, O> {
    void take(I element, Consumer<O> out);
  }

  Expansion(Iterator<I> elements, Step<I, O> step) {
    this(elements, step, out -> {});
  }

  Expansion(Iterator<I> elements, Step<I, O> step, Consumer<Consumer<O>> end) {
    this.elements = elements;
    this.step = step;
    this.end = end;
  }

  @Override
  public boolean hasNext() {
    while (made.isEmpty() && elements.hasNext()) {
      step.take(elements.next(), made::add);
    }
    if (made.isEmpty() && !ended) {
      ended = true;
      end.accept(made::add);
    }
    return !made.isEmpty();
  }

  @Override
  public O next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return made.remove();
  }
}
