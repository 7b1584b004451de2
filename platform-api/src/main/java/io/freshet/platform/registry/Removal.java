package io.freshet.platform.registry;

import io.freshet.definition.Kind;
import io.freshet.platform.registry.StoredDefinition.Address;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Deletes a definition that nothing uses. */
@Component
class Removal {
  private final DefinitionTable definitions;
  private final Retirement retirement;
  private final Usages usages;
  private final Revision revision;
  private final Clock clock;

  Removal(
      DefinitionTable definitions,
      Retirement retirement,
      Usages usages,
      Revision revision,
      Clock clock) {
    this.definitions = definitions;
    this.retirement = retirement;
    this.usages = usages;
    this.revision = revision;
    this.clock = clock;
  }

  /**
   * Deletes; does nothing if there is nothing at the address.
   *
   * @throws io.freshet.platform.web.RequestRefusedException naming the users if there are some, or
   *     if the precondition does not hold
   */
  @Transactional
  public void remove(Address address, Precondition precondition) {
    revision.lock();
    Optional<StoredDefinition> current = definitions.find(address);
    precondition.check(address, current);
    if (current.isEmpty()) {
      return;
    }
    usages.refuseRemovalInUse(address);
    Instant now = clock.instant();
    if (address.kind() == Kind.FEATURE_VIEW) {
      retirement.retire(address.project(), address.name(), now);
    }
    definitions.delete(address);
    revision.record("DELETE", address, null, now);
  }
}
