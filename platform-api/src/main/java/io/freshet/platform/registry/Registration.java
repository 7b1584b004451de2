package io.freshet.platform.registry;

import io.freshet.definition.Document;
import io.freshet.plan.Engine;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.ViewPlan;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Registers definitions: all of them or, where one is refused, none. */
@Component
class Registration {
  private static final int FIRST_EPOCH = 1;

  private final ChangePlanner planner;
  private final DefinitionTable definitions;
  private final ViewVersionTable versions;
  private final Revision revision;
  private final SourceLock sources;
  private final StreamStarts streams;
  private final ViewMoves moves;
  private final LaneStarts lanes;
  private final Retirement retirement;
  private final RegistryReads reads;
  private final Clock clock;

  Registration(
      ChangePlanner planner,
      DefinitionTable definitions,
      ViewVersionTable versions,
      Revision revision,
      SourceLock sources,
      StreamStarts streams,
      ViewMoves moves,
      LaneStarts lanes,
      Retirement retirement,
      RegistryReads reads,
      Clock clock) {
    this.planner = planner;
    this.definitions = definitions;
    this.versions = versions;
    this.revision = revision;
    this.sources = sources;
    this.streams = streams;
    this.moves = moves;
    this.lanes = lanes;
    this.retirement = retirement;
    this.reads = reads;
    this.clock = clock;
  }

  /** What {@link #register} would do, without doing it. */
  @Transactional(readOnly = true)
  public List<Registered> preview(List<Document> documents, Precondition precondition) {
    return planned(documents, precondition).stream()
        .map(change -> new Registered(change, Optional.empty()))
        .toList();
  }

  /**
   * @return an answer for each document, each after what it refers to
   * @throws io.freshet.error.InvalidInputException with every fault of every document
   * @throws io.freshet.platform.web.RequestRefusedException if it would break a user of a
   *     definition, or the precondition does not hold
   */
  @Transactional
  public List<Registered> register(List<Document> documents, Precondition precondition) {
    revision.lock();
    List<Registered> answers = new ArrayList<>();
    for (PlannedChange change : planned(documents, precondition)) {
      answers.add(new Registered(change, store(change).map(reads::route)));
    }
    return answers;
  }

  private List<PlannedChange> planned(List<Document> documents, Precondition precondition) {
    List<PlannedChange> changes = planner.plan(documents);
    for (PlannedChange change : changes) {
      StoredDefinition.Address address = change.definition().address();
      precondition.check(address, definitions.find(address));
    }
    return changes;
  }

  private Optional<ViewVersion> store(PlannedChange change) {
    Instant now = clock.instant();
    if (change.changes()) {
      StoredDefinition definition = change.definition();
      String plan = change.source().map(PlanCodec::encodeToString).orElse(null);
      definitions.save(definition, plan, now);
      revision.record(change.effect().name(), definition.address(), definition.content(), now);
    }
    return change
        .view()
        .map(view -> change.changes() ? store(view, now) : view.live().orElseThrow());
  }

  private ViewVersion store(PlannedView view, Instant now) {
    return view.kept()
        .map(version -> moves.move(version, view.bound(), view.route(), now))
        .orElseGet(() -> replace(view, now));
  }

  private ViewVersion replace(PlannedView view, Instant now) {
    retirement.retire(view.bound().project(), view.bound().name(), now);
    int number = versions.nextNumber();
    ViewPlan plan =
        new ViewPlan(
            view.bound(), number, number, view.route().tier(), FIRST_EPOCH, phase(view), false);
    ViewVersion version = new ViewVersion(plan, view.route());
    versions.insert(version, now);
    if (view.route().engine() == Engine.STREAMING) {
      lanes.beginFirst(plan, "The view was registered", now);
    }
    return version;
  }

  /**
   * A view that is there before its job is asked for is a seed of the job, which starts with the
   * first event; to a later one the events that the job has read are lost.
   */
  private ViewPlan.Phase phase(PlannedView view) {
    String project = view.bound().project();
    String source = view.bound().source();
    if (view.route().engine() != Engine.STREAMING || !sources.take(project, source)) {
      return ViewPlan.Phase.LIVE;
    }
    return streams.isRequested(project, source, view.bound().delivery())
        ? ViewPlan.Phase.BOOTSTRAPPING
        : ViewPlan.Phase.LIVE;
  }
}
