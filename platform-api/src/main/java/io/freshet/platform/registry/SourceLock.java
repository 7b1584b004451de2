package io.freshet.platform.registry;

import io.freshet.definition.Kind;
import io.freshet.platform.registry.StoredDefinition.Address;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts the first request of a source's streaming job and the registration of its views into one
 * order. It is taken after the registry's own lock, never before.
 */
@Component
public class SourceLock {
  private final DefinitionTable definitions;

  SourceLock(DefinitionTable definitions) {
    this.definitions = definitions;
  }

  /**
   * Waits for the source's row and keeps it until the transaction of the caller ends.
   *
   * @return false if the source does not exist
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public boolean take(String project, String source) {
    return definitions.lock(new Address(Kind.EVENT_SOURCE, project, source));
  }
}
