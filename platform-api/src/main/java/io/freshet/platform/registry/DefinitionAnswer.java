package io.freshet.platform.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.freshet.platform.registry.PlannedChange.Effect;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a registration or to its dry run.
 *
 * @param effect {@code create}, {@code update} or {@code nothing}
 * @param definition the definition with its defaults written out
 * @param route where a feature view is materialized and why
 * @param plan in a dry run, the bound view that an engine would get, or what lookups would compute
 *     of an on-demand view
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DefinitionAnswer(
    String kind,
    String project,
    String name,
    boolean changed,
    String effect,
    @JsonRawValue String definition,
    @Nullable RouteAnswer route,
    @Nullable Record plan) {

  static DefinitionAnswer of(Registered registered) {
    return of(registered.change(), registered.route(), Optional.empty());
  }

  static DefinitionAnswer ofPreview(Registered registered) {
    PlannedChange change = registered.change();
    Optional<Record> plan = change.view().map(PlannedView::bound);
    return of(
        change,
        change.view().map(RouteAnswer::of),
        plan.or(() -> change.onDemand().map(Record.class::cast)));
  }

  private static DefinitionAnswer of(
      PlannedChange change, Optional<RouteAnswer> route, Optional<Record> plan) {
    StoredDefinition definition = change.definition();
    return new DefinitionAnswer(
        definition.address().kind().wireName(),
        definition.address().project(),
        definition.address().name(),
        change.effect() != Effect.NOTHING,
        change.effect().name().toLowerCase(Locale.ROOT),
        definition.content(),
        route.orElse(null),
        plan.orElse(null));
  }
}
