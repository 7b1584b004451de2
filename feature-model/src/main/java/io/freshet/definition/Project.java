package io.freshet.definition;

/** A tenant: the space of names that other definitions live in. */
public record Project(Metadata metadata) implements Definition {
  @Override
  public Kind kind() {
    return Kind.PROJECT;
  }
}
