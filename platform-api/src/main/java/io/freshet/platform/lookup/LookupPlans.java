package io.freshet.platform.lookup;

import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.registry.Revision;
import io.freshet.platform.registry.ServedProject;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Remembers the plans of selections for as long as the registry does not change. A change of this
 * process is seen at once, another replica's within {@link LookupSettings#registryAge()}. While the
 * database does not answer, what is remembered is still served.
 */
@Component
class LookupPlans {
  private static final Logger LOG = LoggerFactory.getLogger(LookupPlans.class);
  private static final int MOST_PLANS = 1000;

  private final Revision revision;
  private final RegistryReads registry;
  private final long registryAgeNanos;
  private volatile @Nullable Generation generation;

  LookupPlans(Revision revision, RegistryReads registry, LookupSettings settings) {
    this.revision = revision;
    this.registry = registry;
    this.registryAgeNanos = settings.registryAge().toNanos();
  }

  /**
   * @throws RequestRefusedException if there is no such project or service
   */
  LookupPlan plan(Selection selection) {
    Map<Selection, LookupPlan> plans = currentGeneration().plans;
    LookupPlan known = plans.get(selection);
    if (known != null) {
      return known;
    }
    LookupPlan made = make(selection);
    if (plans.size() >= MOST_PLANS) {
      plans.clear();
    }
    plans.put(selection, made);
    return made;
  }

  private LookupPlan make(Selection selection) {
    ServedProject project = registry.served(selection.project());
    String service = selection.service();
    if (service == null) {
      return LookupPlanner.plan(project, selection.features());
    }
    List<String> features = project.services().get(service);
    if (features == null) {
      throw new RequestRefusedException(
          Refusal.NOT_FOUND,
          "Cannot look up service %s: project %s has none of that name, it has %s"
              .formatted(
                  service,
                  selection.project(),
                  project.services().keySet().stream().sorted().toList()));
    }
    return LookupPlanner.plan(project, features);
  }

  private Generation currentGeneration() {
    Generation known = generation;
    if (known != null
        && known.localChanges == revision.localChanges()
        && System.nanoTime() - known.checkedAtNanos < registryAgeNanos) {
      return known;
    }
    return checkedGeneration(known);
  }

  private Generation checkedGeneration(@Nullable Generation known) {
    long localChanges = revision.localChanges();
    long now = System.nanoTime();
    Generation checked;
    try {
      long current = revision.current();
      checked =
          known != null && known.revision == current
              ? new Generation(current, localChanges, now, known.plans)
              : new Generation(current, localChanges, now, new ConcurrentHashMap<>());
    } catch (DataAccessException | TransactionException e) {
      if (known == null) {
        throw e;
      }
      LOG.warn("The registry's database does not answer: lookups go on by what is remembered", e);
      checked = new Generation(known.revision, known.localChanges, now, known.plans);
    }
    generation = checked;
    return checked;
  }

  private record Generation(
      long revision, long localChanges, long checkedAtNanos, Map<Selection, LookupPlan> plans) {}
}
